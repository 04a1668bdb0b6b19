package dev.millrace.checkpoints.ancestry;

import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.checkpoints.version.VersionName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A version after its parent, and what may be wrong with that.
 *
 * @param parent the parent
 * @param before the topic that the parent was learned from; empty where neither it nor an ancestor says it
 * @param child the version
 */
public record Succession(Manifest parent, Optional<TopicIdentity> before, Manifest child) {

    /** Whether both were learned from one topic, so that their offsets can be compared. */
    public boolean isOfOneTopic() {
        return before.isEmpty()
                || child.topic().isEmpty()
                || before.get().isSameTopicAs(child.topic().get());
    }

    /** A line each, to be read after the child's name: offsets that go back, partitions that disappear, names out of order. */
    public List<String> faults() {
        final List<String> faults = new ArrayList<>();
        if (isOfOneTopic()) {
            addOffsets(faults);
        } else {
            addTopic(faults);
        }
        addNames(faults);
        return faults;
    }

    /** Another topic is accepted by a version that learned nothing; so nobody accepted that of one that did. */
    private void addTopic(final List<String> faults) {
        if (child.records().total() > 0) {
            faults.add("was learned from topic id "
                    + child.topic().map(TopicIdentity::id).orElse("")
                    + ", its parent from another, and nobody accepted that");
        }
    }

    private void addOffsets(final List<String> faults) {
        parent.offsets().forEach((partition, stood) -> {
            final Optional<Long> stands = Optional.ofNullable(child.offsets().get(partition));
            if (stands.isEmpty()) {
                faults.add("forgets " + partition + ", where " + parent.version() + " stands at " + stood);
            } else if (stands.get() < stood) {
                faults.add("goes back in " + partition + " from " + stood + " to " + stands.get()
                        + ", behind its parent " + parent.version());
            }
        });
    }

    private void addNames(final List<String> faults) {
        if (!areNumbered(child.version(), parent.version())) {
            faults.add("its number does not follow that of its parent " + parent.version());
        }
    }

    /** Whether the child's number follows the parent's, as far as they have some. */
    static boolean areNumbered(final String child, final String parent) {
        final Optional<VersionName> newer = VersionName.parse(child);
        return VersionName.parse(parent)
                .flatMap(older -> newer.map(name -> name.sequence() == older.sequence() + 1))
                .orElse(true);
    }
}
