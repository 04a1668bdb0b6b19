package dev.millrace.encoder.serving;

import dev.millrace.encoder.request.RequestFailedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Requests that wait for one model, taken in turns: a pass has a share of each, so that one with a few words does not wait for
 * all texts of one with thousands. What waits is bounded in tokens, and in time: a request whose turn would come after its
 * deadline is refused at once, as long as the speed of late passes is known.
 */
final class TokenQueue {
    /** Of a pass, at most so many requests are in it with a share each; what a smaller number of them leaves free they fill. */
    private static final int SHARES = 16;

    /** No pass is cut below this, since one of fewer tokens takes longer a token. */
    private static final int LEAST_PASS = 256;

    /** What a newcomer waits for at least half of, on average: a pass is cut to as many tokens as take so long. */
    private static final double PASS_NANOS = 100e6;

    private static final double WEIGHT_OF_LATEST = 0.2;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int LONGEST_PAUSE_SECONDS = 60;

    private final ModelLimits limits;
    private final Deque<Submission> turns = new ArrayDeque<>();
    private OptionalDouble nanosPerToken = OptionalDouble.empty();
    private long underWay;
    private boolean closed;

    TokenQueue(ModelLimits limits) {
        this.limits = limits;
    }

    /**
     * Lets a request wait.
     *
     * @param nanosLeft until its deadline
     * @throws RequestFailedException when there is no room, or its turn would come too late
     */
    synchronized void add(Submission submission, long nanosLeft) {
        dropEnded();
        if (!turns.isEmpty()) {
            requireRoom(submission);
            requireTime(submission, nanosLeft);
        }
        turns.addLast(submission);
        notifyAll();
    }

    /** The next pass, waiting for one; empty when everything is taken and the queue is closed. For the model's thread. */
    synchronized List<Submission.Text> take() throws InterruptedException {
        final List<Submission.Text> pass = new ArrayList<>();
        underWay = 0;
        while (pass.isEmpty()) {
            while (turns.isEmpty() && !closed) {
                wait();
            }
            if (turns.isEmpty()) {
                return pass;
            }
            fill(pass);
        }
        return pass;
    }

    /** How long a pass took; for the model's thread. */
    synchronized void passed(int tokens, long nanos) {
        if (tokens >= LEAST_PASS) {
            final double latest = (double) nanos / tokens;
            nanosPerToken = OptionalDouble.of(
                    nanosPerToken.isEmpty()
                            ? latest
                            : nanosPerToken.getAsDouble() + WEIGHT_OF_LATEST * (latest - nanosPerToken.getAsDouble()));
        }
    }

    /** Takes nothing more; what waits is still to be taken. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized int texts() {
        dropEnded();
        return turns.stream().mapToInt(Submission::textsLeft).sum();
    }

    synchronized long tokens() {
        dropEnded();
        return turns.stream().mapToLong(Submission::tokensLeft).sum();
    }

    private void fill(List<Submission.Text> pass) {
        int free = passTokens();
        final int share = Math.max(1, free / SHARES);
        while (free > 0 && !turns.isEmpty()) {
            final Submission submission = turns.removeFirst();
            final int taken = submission.take(pass, share, free);
            free -= taken;
            underWay += taken;
            if (submission.textsLeft() > 0) {
                if (taken == 0) {
                    turns.addFirst(submission);
                    return;
                }
                turns.addLast(submission);
            }
        }
    }

    private int passTokens() {
        final double affordable = PASS_NANOS / nanosPerToken.orElse(1);
        return (int) Math.max(Math.min(LEAST_PASS, limits.batchTokens()), Math.min(limits.batchTokens(), affordable));
    }

    private void requireRoom(Submission submission) {
        final long waiting = turns.stream().mapToLong(Submission::tokensLeft).sum();
        if (waiting + submission.tokensLeft() > limits.waitingTokens()) {
            throw RequestFailedException.overloaded(
                    waiting + " tokens are waiting already, no room for " + submission.tokensLeft()
                            + " more (millrace.encoder.queue-tokens is " + limits.waitingTokens() + ")",
                    seconds(waiting * nanosPerToken.orElse(0)));
        }
    }

    /** Of each that waits only what is taken before its own last text counts: as much as it has itself, or one share. */
    private void requireTime(Submission submission, long nanosLeft) {
        final long own = Math.max(submission.tokensLeft(), passTokens() / SHARES);
        final long ahead = underWay
                + turns.stream()
                        .mapToLong(other -> Math.min(other.tokensLeft(), own))
                        .sum();
        final double late = (ahead + submission.tokensLeft()) * nanosPerToken.orElse(0) - nanosLeft;
        if (late > 0) {
            throw RequestFailedException.overloaded(
                    "at the present speed it would be answered after its deadline (millrace.encoder.deadline)",
                    seconds(late));
        }
    }

    private static int seconds(double nanos) {
        return (int) Math.max(1, Math.min(LONGEST_PAUSE_SECONDS, Math.ceil(nanos / NANOS_PER_SECOND)));
    }

    /** Whoever gave up waiting, or whose deadline has passed, leaves room for others. */
    private void dropEnded() {
        for (Iterator<Submission> waiting = turns.iterator(); waiting.hasNext(); ) {
            if (waiting.next().result().isDone()) {
                waiting.remove();
            }
        }
    }
}
