package dev.millrace.admin.init;

import dev.millrace.admin.stream.TopicDirectory;
import dev.millrace.checkpoints.bucket.AbsentBucketException;
import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.ConditionalWrites;
import dev.millrace.checkpoints.bucket.ConditionsNotKeptException;
import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.events.topic.TopicSpec;
import dev.millrace.events.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes what an installation needs and lacks, and says what of the rest does not fit; changes nothing that is there, so it can be
 * run as often as one likes.
 *
 * @param replication copies of each partition of topics that are made; empty for the broker's default
 * @param dryRun whether to make nothing
 */
record Installation(Topics topics, Optional<Short> replication, boolean dryRun) {

    /** Every topic, in the data's way; throws a KafkaException when the broker does not answer or refuses. */
    List<Prepared> topics(TopicDirectory directory) {
        List<Prepared> prepared = new ArrayList<>();
        Map<String, Integer> partitions = new HashMap<>();
        for (TopicSpec wanted : topics.all()) {
            Optional<TopicIdentity> found = directory.find(wanted.name());
            partitions.put(wanted.name(), found.map(TopicIdentity::partitions).orElse(wanted.partitions()));
            prepared.add(
                    found.isPresent()
                            ? existing(wanted, found.get(), directory, partitions)
                            : absent(wanted, directory));
        }
        return prepared;
    }

    private Prepared existing(
            TopicSpec wanted, TopicIdentity found, TopicDirectory directory, Map<String, Integer> partitions) {
        List<String> misfits = new ArrayList<>(TopicFit.misfits(wanted, directory.settings(wanted.name())));
        if (wanted.name().equals(topics.clicks().name())) {
            int impressions = partitions.get(topics.impressions().name());
            TopicFit.unjoinable(impressions, found.partitions()).ifPresent(misfits::add);
        }
        List<String> like = List.of("id " + found.id(), found.partitions() + " partitions");
        return new Prepared("topic", wanted.name(), Prepared.State.THERE, like, misfits);
    }

    private Prepared absent(TopicSpec wanted, TopicDirectory directory) {
        if (dryRun) {
            return new Prepared("topic", wanted.name(), Prepared.State.MISSING, List.of(), List.of());
        }
        directory.create(wanted, replication);
        return new Prepared(
                "topic",
                wanted.name(),
                Prepared.State.MADE,
                List.of(wanted.partitions() + " partitions", "max.message.bytes " + wanted.maxMessageBytes()),
                List.of());
    }

    /** The bucket; throws what a bucket throws when it cannot be reached, or made. */
    Prepared bucket(String name, Supplier<Bucket> existing, Supplier<Bucket> making) {
        try {
            return tried(name, Prepared.State.THERE, existing.get());
        } catch (AbsentBucketException absent) {
            return dryRun
                    ? new Prepared("bucket", name, Prepared.State.MISSING, List.of(), List.of())
                    : tried(name, Prepared.State.MADE, making.get());
        }
    }

    /** The try writes a small object, so a dry run leaves it. */
    private Prepared tried(String name, Prepared.State state, Bucket bucket) {
        if (dryRun) {
            return new Prepared("bucket", name, state, List.of(), List.of());
        }
        try {
            ConditionalWrites.require(bucket);
            return new Prepared("bucket", name, state, List.of("keeps conditional writes"), List.of());
        } catch (ConditionsNotKeptException unfit) {
            return new Prepared("bucket", name, state, List.of(), List.of(unfit.getMessage()));
        }
    }
}
