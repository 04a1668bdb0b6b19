package dev.millrace.admin.audit;

import dev.millrace.admin.audit.chain.Chain;
import dev.millrace.admin.audit.chain.Findings;
import dev.millrace.checkpoints.ancestry.Summary;
import dev.millrace.checkpoints.ancestry.TopicRun;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.checkpoints.version.TopicIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Repeats, over the topic itself, the sorting that the trainers claim to have done: for each version, the records between its
 * parent's offsets and its own are read again and counted beside the manifest's counts.
 */
final class TopicCheck {
    private final AuditedTopic topic;
    private final Repeats repeats;
    private final Findings findings;
    private long accepted;
    private long waiting;
    private long notCompared;
    private long lost;
    private long twice;
    private final List<Manifest> ofAnotherTopic = new ArrayList<>();

    /** The topic is open already. */
    TopicCheck(AuditedTopic topic, Repeats repeats, Findings findings) {
        this.topic = topic;
        this.repeats = repeats;
        this.findings = findings;
    }

    TopicTotals run(Chain chain) {
        List<Manifest> manifests = chain.oldestFirst();
        for (int i = 0; i < manifests.size(); i++) {
            Manifest manifest = manifests.get(i);
            if (i == 0 && chain.footing().isPresent()) {
                skip(chain.footing().get(), manifest);
            } else if (!isOfThisTopic(chain.topics().topic(i))) {
                ofAnotherTopic(manifest);
            } else if (i == 0 && !(chain.complete() && manifest.offsets().isEmpty())) {
                passOver(manifest);
            } else {
                version(manifest, before(chain, i));
            }
        }
        sayWhatIsOfAnotherTopic();
        Unread unread = new Unread(chain);
        topic.read(topic.ends(), unread::add);
        unread.say();
        return new TopicTotals(accepted, waiting, notCompared, lost, twice);
    }

    private boolean isOfThisTopic(Optional<TopicIdentity> identity) {
        return identity.filter(other -> !other.isSameTopicAs(topic.identity())).isEmpty();
    }

    /** The offsets that a version went on from: its parent's, in one topic; a version that accepts another topic says where from. */
    private static SortedMap<String, Long> before(Chain chain, int index) {
        Manifest manifest = chain.oldestFirst().get(index);
        if (index > 0 && chain.isOfOneTopic(index)) {
            return chain.oldestFirst().get(index - 1).offsets();
        }
        return index > 0 && manifest.records().total() == 0 ? manifest.offsets() : new TreeMap<>();
    }

    /** Records before it are the summary's affair, and whether they are on the topic an audit's that reads all. */
    private void skip(Summary footing, Manifest manifest) {
        notCompared += footing.totals().records().total();
        repeats.forgetsThePast();
        if (isOfThisTopic(footing.totals().topic())) {
            // It may be the head itself: a topic that is shorter is found here, whatever else cannot be compared.
            obstacles(manifest, new TreeMap<>());
            topic.skipTo(manifest.offsets());
            requireNoMoreThanOffsets(footing, manifest);
        }
    }

    /** Each record has an offset of its own; markers of transactions take some, too. */
    private void requireNoMoreThanOffsets(Summary footing, Manifest manifest) {
        List<TopicRun> runs = footing.totals().topics();
        long records = runs.get(runs.size() - 1).records().total();
        long offsets =
                manifest.offsets().values().stream().mapToLong(Long::longValue).sum();
        if (records > offsets) {
            twice += records - offsets;
            findings.wrong(
                    manifest.version(),
                    "and its ancestors count " + records + " records of this topic, up to " + offsets
                            + " offsets of it");
        }
    }

    private void ofAnotherTopic(Manifest manifest) {
        notCompared += manifest.records().total();
        ofAnotherTopic.add(manifest);
        repeats.forgetsThePast();
    }

    private void sayWhatIsOfAnotherTopic() {
        long records = ofAnotherTopic.stream()
                .mapToLong(manifest -> manifest.records().total())
                .sum();
        if (records > 0) {
            findings.note(
                    topic.identity().name(),
                    records + " records up to "
                            + ofAnotherTopic.get(ofAnotherTopic.size() - 1).version()
                            + " were learned from a topic of another id, and cannot be compared with this one");
        }
    }

    /** The topic's records that no version took; where it is not the head's topic, those a trainer would pass over among them. */
    private final class Unread {
        private final Optional<Manifest> head;
        private final boolean another;
        private final String id;
        private long before;

        Unread(Chain chain) {
            List<Manifest> manifests = chain.oldestFirst();
            head = manifests.isEmpty() ? Optional.empty() : Optional.of(manifests.get(manifests.size() - 1));
            another = !isOfThisTopic(chain.topics().newest());
            id = chain.topics().newest().map(TopicIdentity::id).orElse("none");
        }

        void add(TopicRecord record) {
            accepted++;
            waiting++;
            long offset = head.map(manifest -> manifest.offsets().getOrDefault(record.partition(), 0L))
                    .orElse(0L);
            before += another && record.offset() < offset ? 1 : 0;
        }

        void say() {
            if (another) {
                findings.wrong(
                        topic.identity().name(),
                        "the topic is another one: its id is "
                                + topic.identity().id()
                                + ", the lineage was learned from " + id + "; " + before
                                + " acknowledged records of it before offset "
                                + head.orElseThrow().offsets() + " were never read, nor were those after;"
                                + " ./millrace adopt-topic accepts it from its beginning");
            }
        }
    }

    /** The first version of a lineage with a gap, or one that was begun behind records: what came before it is not known. */
    private void passOver(Manifest manifest) {
        notCompared += manifest.records().total();
        read(manifest);
        repeats.forgetsThePast();
    }

    private void version(Manifest manifest, SortedMap<String, Long> parent) {
        List<String> obstacles = obstacles(manifest, parent);
        Window window = read(manifest);
        if (obstacles.isEmpty()) {
            compare(manifest, window);
            return;
        }
        notCompared += manifest.records().total();
        repeats.forgetsThePast();
        findings.note(manifest.version(), "cannot be compared with the topic: " + String.join(", ", obstacles));
    }

    private Window read(Manifest manifest) {
        Window window = new Window();
        topic.read(manifest.offsets(), record -> {
            accepted++;
            window.add(record.id());
        });
        return window;
    }

    /** Why the version's records are not all there to be counted; those that are wrong in themselves become findings. */
    private List<String> obstacles(Manifest manifest, SortedMap<String, Long> parent) {
        List<String> obstacles = new ArrayList<>();
        for (Map.Entry<String, Long> entry : manifest.offsets().entrySet()) {
            String partition = entry.getKey();
            long from = parent.getOrDefault(partition, 0L);
            long to = entry.getValue();
            if (to < from) {
                obstacles.add(partition + " goes back");
            } else if (to > from && !topic.ends().containsKey(partition)) {
                obstacles.add("there is no partition " + partition);
                findings.wrong(
                        manifest.version(), "stands at " + to + " in " + partition + ", which the topic has not");
            } else if (to > from && to > topic.ends().get(partition)) {
                obstacles.add(partition + " is shorter");
                findings.wrong(
                        manifest.version(),
                        "stands at " + to + " in " + partition + ", which ends at "
                                + topic.ends().get(partition));
            } else if (to > from && from < topic.begins().get(partition)) {
                obstacles.add("the topic no longer has " + partition + " from " + from + " to "
                        + Math.min(to, topic.begins().get(partition)));
            }
        }
        return obstacles;
    }

    private void compare(Manifest manifest, Window window) {
        Records claimed = manifest.records();
        if (!window.ids().isEmpty() && claimed.equals(new Records(0, 0, 0, window.total()))) {
            // A window that diverged: none of its ids is remembered.
            findings.note(manifest.version(), "its window of " + window.total() + " records is set aside as a whole");
            return;
        }
        long unlearnable = Math.max(0, claimed.setAside() - window.invalid());
        sayWhatIsUnlearnable(manifest.version(), unlearnable);
        Repeats.Range range = repeats.take(window.ids(), unlearnable);
        sayWhatDiffers(manifest.version(), claimed, window, range);
        long applied = claimed.trained() + claimed.heldOut();
        long learnable = Math.max(0, window.ids().size() - unlearnable);
        long unapplied =
                Math.max(0, learnable - range.most() - applied) + Math.max(0, window.invalid() - claimed.setAside());
        // Whatever may have been a repeat: what is in no count was passed over.
        lost += Math.max(unapplied, window.total() - claimed.total());
        twice += Math.max(0, applied - (learnable - range.least()));
    }

    /** Which ones, the dead letters say: a model may have no vector for a text that is a valid one. */
    private void sayWhatIsUnlearnable(String version, long unlearnable) {
        if (unlearnable > 0) {
            findings.note(
                    version,
                    "set aside " + unlearnable + " valid pairs that could not be learned; the dead letters say why");
        }
    }

    private void sayWhatDiffers(String version, Records claimed, Window window, Repeats.Range range) {
        if (claimed.total() != window.total()) {
            findings.wrong(
                    version,
                    "counts " + claimed.total() + " records, but the topic has " + window.total()
                            + " between its parent's offsets and its own");
        }
        if (claimed.setAside() < window.invalid()) {
            findings.wrong(
                    version,
                    "set " + claimed.setAside() + " aside, but " + window.invalid()
                            + " of its records are no valid pairs");
        }
        if (claimed.duplicates() < range.least() || claimed.duplicates() > range.most()) {
            findings.wrong(
                    version,
                    "counts " + claimed.duplicates() + " repeats, but " + range
                            + " of its records repeat an earlier id");
        }
    }
}
