package dev.millrace.operator.scale;

import dev.millrace.operator.progress.Backlog;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * How many trainers there are to be. As Kubernetes' own autoscaler: what is wanted follows the ratio of what is to what
 * may be, and is stabilised by what was wanted before. Unlike it, it counts how long pairs wait and not how many do,
 * and what it does not know moves nothing.
 */
public final class Scaling {
    /** Below half of what it may be, one fewer will not be above it: with one of two gone, the other half is double. */
    private static final int SLACK = 2;

    private static final double MILLIS = 1000;

    private Scaling() {}

    /** Decides, and remembers in the history what was wanted. */
    public static Decision decide(Bounds bounds, Situation now, History history, Instant at) {
        final int current = bounds.within(now.replicas());
        if (bounds.asked().isPresent()) {
            final int asked = bounds.within(bounds.asked().get());
            history.add(at, asked);
            return limited(new Decision(asked, "asked for by spec.trainers.replicas"), current, now);
        }
        if (now.backlog().isEmpty()) {
            history.add(at, current);
            return new Decision(current, "how far behind they are is not known, so it stays");
        }
        final Backlog backlog = now.backlog().get();
        history.add(at, wanted(bounds, current, backlog));
        return limited(stabilised(bounds, current, backlog, history, at), current, now);
    }

    /** Not stabilised: at most twice as many, no more than have a partition to learn, and one fewer at a time. */
    private static int wanted(Bounds bounds, int current, Backlog backlog) {
        final double ratio =
                (double) backlog.behind().toMillis() / bounds.behind().toMillis();
        if (ratio > 1) {
            final int more = (int) Math.min(2L * current, (long) Math.ceil(current * ratio));
            return bounds.within(Math.max(current, Math.min(more, backlog.partitions())));
        }
        return ratio * SLACK < 1 ? bounds.within(current - 1) : current;
    }

    private static Decision stabilised(Bounds bounds, int current, Backlog backlog, History history, Instant at) {
        final String behind = "%.0f s behind of %d s allowed, %d records in %d partitions"
                .formatted(
                        backlog.behind().toMillis() / MILLIS,
                        bounds.behind().toSeconds(),
                        backlog.records(),
                        backlog.partitions());
        final int least = history.leastSince(at.minus(bounds.up()), current);
        if (least > current) {
            return new Decision(least, behind + ": more");
        }
        final int most = history.mostSince(at.minus(bounds.down()), current);
        return most < current ? new Decision(most, behind + ": fewer") : new Decision(current, behind);
    }

    /** There are never more than there are GPUs for; those that are there already are not taken away for it. */
    private static Decision limited(Decision wanted, int current, Situation now) {
        if (wanted.replicas() <= current) {
            return wanted;
        }
        final OptionalInt room = now.room().get();
        final int limit = room.isEmpty() ? wanted.replicas() : current + Math.max(0, room.getAsInt());
        return limit >= wanted.replicas()
                ? wanted
                : new Decision(
                        limit, "%s; %d wanted, GPUs for %d".formatted(wanted.reason(), wanted.replicas(), limit));
    }
}
