package dev.millrace.admin.rewind;

import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.pointer.StalePointerException;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.TopicIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes a lineage back to one of its versions. Versions after it leave the lineage, and their records with them: trainers see
 * that the head has moved, and read on from that version's offsets. So every record is still in the lineage once, or not yet.
 */
public record Rewind(CheckpointStore store) {
    /** A trainer may move the head on at the same moment, again and again. */
    private static final int TRIES = 5;

    /**
     * What a rewind would do.
     *
     * @param topic the topic that is there now
     * @param begins by partition, the first offset that is still on the topic
     * @throws RewindRefusedException when the version is none of the lineage, its files are gone, or records after it are no
     *     longer on the topic, or were on another one
     */
    public RewindPlan plan(String version, TopicIdentity topic, Map<String, Long> begins) {
        Pointer head = store.head().orElseThrow(() -> new RewindRefusedException("the bucket has no head"));
        Manifest to = store.ancestors()
                .find(head.version(), version)
                .orElseThrow(() -> new RewindRefusedException(version
                        + " is no version of the lineage; the whole name is needed, as ./millrace versions shows it"));
        if (!store.missingFiles(version).isEmpty()) {
            throw new RewindRefusedException(version + " does not keep its files any more");
        }
        Leaving leaving = Leaving.of(store, head.version(), to);
        requireOneTopic(leaving.topics(), topic);
        requireOnTopic(to, store.manifest(head.version()).orElseThrow(), begins);
        return new RewindPlan(
                head, to, leaving.versions(), Leaving.newest(store, head.version(), version, RewindPlan.NAMED));
    }

    private static void requireOneTopic(List<TopicIdentity> learnedFrom, TopicIdentity topic) {
        learnedFrom.stream()
                .filter(other -> !other.isSameTopicAs(topic))
                .findFirst()
                .ifPresent(other -> {
                    throw new RewindRefusedException("records of " + other.name() + " as it was, of id " + other.id()
                            + ", are needed, and the topic is another one now, of id " + topic.id());
                });
    }

    private static void requireOnTopic(Manifest to, Manifest head, Map<String, Long> begins) {
        for (String partition : new TreeSet<>(head.offsets().keySet())) {
            long needed = to.offsets().getOrDefault(partition, 0L);
            long begin = begins.getOrDefault(partition, Long.MAX_VALUE);
            if (begin > needed) {
                throw new RewindRefusedException("records of " + partition + " from offset " + needed
                        + " on are needed, and are not on the topic any more");
            }
        }
    }

    /**
     * Moves the head, having read and hashed every file of the version. Throws like {@link #plan}, and StalePointerException
     * when others keep moving the head.
     */
    public RewindPlan run(String version, TopicIdentity topic, Map<String, Long> begins) {
        RewindPlan plan = plan(version, topic, begins);
        store.verify(version);
        for (int attempt = 1; plan.versions() > 0; attempt++) {
            try {
                store.moveHead(Optional.of(plan.head()), version);
                return plan;
            } catch (StalePointerException moved) {
                if (attempt == TRIES) {
                    throw moved;
                }
                plan = plan(version, topic, begins);
            }
        }
        return plan;
    }

    /**
     * A channel beside the lineage.
     *
     * @param before where it stood
     * @param after where it stands; as before when somebody holds it
     */
    public record Followed(String channel, Pointer before, Pointer after) {}

    /**
     * Takes every channel that stands at a version outside the lineage to {@code version}, but for those that are held. The
     * lineage is asked for anew: trainers may have gone on from there by now.
     */
    public List<Followed> takeChannels(String version) {
        Set<String> gone = gone();
        List<Followed> followed = new ArrayList<>();
        for (String name : store.channels()) {
            store.channel(name)
                    .filter(pointer -> gone.contains(pointer.version()))
                    .ifPresent(pointer -> followed.add(taken(name, pointer, version, gone)));
        }
        return followed;
    }

    /** What channels know of, and is not in the lineage. */
    private Set<String> gone() {
        Optional<String> head = store.head().map(Pointer::version);
        return store.channels().stream()
                .flatMap(name -> store.channel(name).stream())
                .flatMap(pointer -> Stream.concat(Stream.of(pointer.version()), pointer.past().stream()))
                .distinct()
                .filter(version -> head.flatMap(tip -> store.ancestors().find(tip, version))
                        .isEmpty())
                .collect(Collectors.toSet());
    }

    private Followed taken(String name, Pointer pointer, String version, Set<String> gone) {
        if (pointer.hold().isPresent()) {
            return new Followed(name, pointer, pointer);
        }
        return new Followed(name, pointer, new Channel(store, name).rewind(pointer, version, gone));
    }
}
