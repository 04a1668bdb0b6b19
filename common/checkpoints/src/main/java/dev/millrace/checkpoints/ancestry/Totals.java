package dev.millrace.checkpoints.ancestry;

import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.checkpoints.version.TopicIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What versions that follow each other come to. Adding up is associative, so that any part of a lineage may be added up on its
 * own, from either end.
 *
 * @param topics the topics that they were learned from, oldest first; of the first only it may be unknown which it is
 */
public record Totals(List<TopicRun> topics) {
    /** Of no version at all. */
    public static final Totals NONE = new Totals(List.of());

    /** Copies the list; refuses runs that are one with an IllegalArgumentException. */
    public Totals {
        topics = List.copyOf(topics);
        for (int i = 1; i < topics.size(); i++) {
            if (topics.get(i).continues(topics.get(i - 1))) {
                throw new IllegalArgumentException("topics: two of one topic follow each other");
            }
        }
    }

    /** Of one version. */
    public static Totals of(final Manifest manifest) {
        return new Totals(List.of(new TopicRun(manifest.topic(), 1, manifest.records())));
    }

    /** With the versions that follow; throws ArithmeticException above 2^63 - 1. */
    public Totals plus(final Totals later) {
        final List<TopicRun> joined = new ArrayList<>(topics);
        for (final TopicRun next : later.topics) {
            final boolean continues = !joined.isEmpty() && next.continues(joined.get(joined.size() - 1));
            joined.add(continues ? joined.remove(joined.size() - 1).plus(next) : next);
        }
        return new Totals(joined);
    }

    /** Without the oldest versions, which these come to; an IllegalArgumentException where they are not its oldest. */
    public Totals after(final Totals oldest) {
        if (oldest.topics.isEmpty()) {
            return this;
        }
        final int last = oldest.topics.size() - 1;
        if (last >= topics.size() || !topics.subList(0, last).equals(oldest.topics.subList(0, last))) {
            throw new IllegalArgumentException("oldest: no part of it");
        }
        final List<TopicRun> after = new ArrayList<>();
        topics.get(last).after(oldest.topics.get(last)).ifPresent(after::add);
        after.addAll(topics.subList(last + 1, topics.size()));
        return new Totals(after);
    }

    /** How many versions. */
    public long versions() {
        return topics.stream().mapToLong(TopicRun::versions).sum();
    }

    /** The sum of what became of their records. */
    public Records records() {
        return topics.stream().map(TopicRun::records).reduce(Records.NONE, Records::plus);
    }

    /** The topic of the newest; empty where it is not known. */
    public Optional<TopicIdentity> topic() {
        return topics.isEmpty()
                ? Optional.empty()
                : topics.get(topics.size() - 1).topic();
    }

    /** The topics of those after the oldest {@code versions}, oldest first, but for one that is not known. */
    public List<TopicIdentity> topicsAfter(final long versions) {
        final List<TopicIdentity> after = new ArrayList<>();
        long end = 0;
        for (final TopicRun run : topics) {
            end += run.versions();
            if (end > versions) {
                run.topic().ifPresent(after::add);
            }
        }
        return after;
    }
}
