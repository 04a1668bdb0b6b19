package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.TopicIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which topic each version of a lineage was learned from. A manifest that does not say it, as those of older Millraces, is taken
 * to be of its parent's topic, and where no ancestor says it of the first descendant's.
 *
 * @param oldestFirst by version, in the order of age; all are empty where no manifest says it
 */
public record TopicHistory(List<Optional<TopicIdentity>> oldestFirst) {

    /** Copies the list. */
    public TopicHistory {
        oldestFirst = List.copyOf(oldestFirst);
    }

    /** Of manifests that follow each other, each the next one's parent. */
    public static TopicHistory of(final List<Manifest> oldestFirst) {
        return of(Optional.empty(), oldestFirst);
    }

    /** As {@link #of(List)}, where the topic of the first one's parent may be known. */
    public static TopicHistory of(final Optional<TopicIdentity> before, final List<Manifest> oldestFirst) {
        Optional<TopicIdentity> known = before.or(() -> oldestFirst.stream()
                .flatMap(manifest -> manifest.topic().stream())
                .findFirst());
        final List<Optional<TopicIdentity>> topics = new ArrayList<>();
        for (final Manifest manifest : oldestFirst) {
            known = manifest.topic().isPresent() ? manifest.topic() : known;
            topics.add(known);
        }
        return new TopicHistory(topics);
    }

    /** The topic of the version at this index, the oldest having 0. */
    public Optional<TopicIdentity> topic(final int index) {
        return oldestFirst.get(index);
    }

    /** The topic of the newest version; empty where there is none, or no manifest says it. */
    public Optional<TopicIdentity> newest() {
        return oldestFirst.isEmpty() ? Optional.empty() : oldestFirst.get(oldestFirst.size() - 1);
    }
}
