package dev.millrace.trainer;

import dev.millrace.embedding.optim.NonFiniteStepException;
import dev.millrace.trainer.learning.state.DivergedException;
import dev.millrace.trainer.stream.Window;
import dev.millrace.trainer.stream.Window.Entry;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is done about windows that cannot be learned, so that none is tried for ever and nothing is lost for one text in
 * it. A window is tried again, since much passes by itself; then its texts are looked at one by one; then it is halved
 * until it is learned or holds one pair, which is set aside. After some pairs in a row nothing more is: then it is not
 * them. For one thread.
 */
final class FailedWindows {
    /**
     * How far to go.
     *
     * @param windowPairs in a window that is not narrowed
     * @param tries of a window before its texts are looked at
     * @param setAsides pairs that may be set aside in a row
     */
    record Limits(int windowPairs, int tries, int setAsides) {}

    /** A pair that could not be learned alone. */
    private record Condemned(Entry pair, String reason) {}

    /**
     * What comes next after a failure.
     *
     * @param words for the log
     * @param waiting whether to wait before
     */
    record Next(String words, boolean waiting) {}

    private final Limits limits;
    private int failures;
    private boolean searching;
    private Optional<Integer> narrowed = Optional.empty();
    private Optional<Condemned> condemned = Optional.empty();
    private int setAsides;
    private boolean unlearning;
    private Optional<String> standstill = Optional.empty();

    FailedWindows(Limits limits) {
        this.limits = limits;
    }

    /** How many pairs the next window is to have. */
    int windowPairs() {
        return narrowed.orElse(limits.windowPairs());
    }

    /** Whether the next window's texts are to be tried one by one. */
    boolean searching() {
        return searching;
    }

    /** Whether what gradients usually are is to be learned anew: perhaps it is that, and not the stream. */
    boolean unlearning() {
        return unlearning;
    }

    /** Why nothing more is set aside and the stream stands still, if so. */
    Optional<String> standstill() {
        return standstill;
    }

    /** Why pairs of the window are to be set aside, by place in it. */
    SortedMap<Integer, String> condemned(Window window) {
        SortedMap<Integer, String> reasons = new TreeMap<>();
        List<Entry> pairs = window.pairEntries();
        condemned.ifPresent(verdict -> {
            int place = pairs.indexOf(verdict.pair());
            if (place >= 0) {
                reasons.put(place, verdict.reason());
            }
        });
        return reasons;
    }

    /**
     * Takes it into account that a window was not learned.
     *
     * @return what comes next
     */
    Next failed(Window window, Throwable cause) {
        List<Entry> pairs = window.pairEntries();
        failures++;
        if (narrowed.isEmpty() && !isCertain(cause) && failures < limits.tries()) {
            return new Next("it is tried again", true);
        }
        if (narrowed.isEmpty() && !searching) {
            searching = true;
            return new Next("its texts are tried one by one", false);
        }
        if (pairs.size() > 1) {
            narrowed = Optional.of(pairs.size() / 2);
            return new Next("%d of its pairs are tried alone".formatted(pairs.size() / 2), false);
        }
        return pairs.isEmpty() ? standStill(cause) : condemn(pairs.get(0), cause);
    }

    /** Trying again would end the same, since a window's seeds are its own. */
    private static boolean isCertain(Throwable cause) {
        return cause instanceof NonFiniteStepException || cause instanceof DivergedException;
    }

    private Next condemn(Entry pair, Throwable cause) {
        if (setAsides < limits.setAsides()) {
            String kind = isCertain(cause) ? "diverged: " : "cannot be learned: ";
            condemned = Optional.of(new Condemned(pair, kind + cause.getMessage()));
            return new Next("its only pair is set aside", false);
        }
        if (!unlearning) {
            unlearning = true;
            return new Next("what gradients usually are is learned anew", false);
        }
        return standStill(cause);
    }

    private Next standStill(Throwable cause) {
        standstill = Optional.of("%d pairs in a row could not be learned; nothing more is set aside until one can: %s"
                .formatted(setAsides, cause.getMessage()));
        return new Next("nothing more is set aside", true);
    }

    /** Takes it into account that a window was learned, without the pairs that {@link #condemned} named. */
    void learned(Window window) {
        boolean sentenced = condemned.isPresent();
        condemned = Optional.empty();
        failures = 0;
        searching = false;
        if (!window.pairs().isEmpty()) {
            setAsides = 0;
            unlearning = false;
            standstill = Optional.empty();
        } else if (sentenced) {
            setAsides++;
        }
        narrowed = narrowed.map(pairs -> 2 * pairs).filter(pairs -> pairs < limits.windowPairs());
    }
}
