package dev.millrace.trainer.failure;

import dev.millrace.embedding.optim.NonFiniteStepException;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.failure.Failures.Condemned;
import dev.millrace.trainer.learning.state.DivergedException;
import dev.millrace.trainer.stream.Window;
import dev.millrace.trainer.stream.Window.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * What is done about windows that cannot be learned, so that none is tried for ever and nothing is lost for one text in
 * it. A window is tried again, since much passes by itself; then its texts are looked at one by one; then it is halved
 * until it is learned or holds one pair, which is set aside. After some pairs in a row nothing more is: then it is not
 * them. A window that the process does not survive counts like any other, as it is noted before it is learned. For one
 * thread.
 */
public final class FailedWindows {
    private static final Logger LOG = Logger.getLogger(FailedWindows.class);

    /**
     * How far to go.
     *
     * @param windowPairs in a window that is not narrowed
     * @param tries of a window before its texts are looked at
     * @param setAsides pairs that may be set aside in a row
     */
    public record Limits(int windowPairs, int tries, int setAsides) {}

    /**
     * What comes next after a failure.
     *
     * @param words for the log
     * @param waiting whether to wait before
     */
    public record Next(String words, boolean waiting) {}

    private final Limits limits;
    private final FailureMemory memory;
    private final List<Condemned> condemned = new ArrayList<>();
    private int failures;
    private boolean searching;
    private Optional<Integer> narrowed = Optional.empty();
    private int setAsides;
    private boolean unlearning;
    private Optional<String> standstill = Optional.empty();

    FailedWindows(Limits limits, FailureMemory memory) {
        this.limits = limits;
        this.memory = memory;
        restore(memory.read());
        if (failures > 0) {
            LOG.warnf(
                    "%d windows in a row were not learned by the process before this one: the next has %d pairs at"
                            + " most",
                    failures, windowPairs());
        }
    }

    /** Goes on from what processes before this one left in the folder. */
    public static FailedWindows in(Path folder, Limits limits) {
        return new FailedWindows(limits, new FailureFile(folder.resolve("failures.json")));
    }

    /** How many pairs the next window is to have. */
    public int windowPairs() {
        return narrowed.orElse(limits.windowPairs());
    }

    /** Whether the next window's texts are to be tried one by one. */
    public boolean searching() {
        return searching;
    }

    /** Whether what gradients usually are is to be learned anew: perhaps it is that, and not the stream. */
    public boolean unlearning() {
        return unlearning;
    }

    /** Why nothing more is set aside and the stream stands still, if so. */
    public Optional<String> standstill() {
        return standstill;
    }

    /** Why pairs of the window are to be set aside, by place in it. */
    public SortedMap<Integer, String> condemned(Window window) {
        SortedMap<Integer, String> reasons = new TreeMap<>();
        List<Entry> pairs = window.pairEntries();
        for (int place = 0; place < pairs.size() && !condemned.isEmpty(); place++) {
            Entry pair = pairs.get(place);
            for (Condemned verdict : condemned) {
                if (verdict.isAt(pair) && verdict.id().equals(id(pair))) {
                    reasons.put(place, verdict.reason());
                }
            }
        }
        return reasons;
    }

    /** Takes it into account that the window is about to be learned: should the process not survive it, the next knows. */
    public void begin(Window window) {
        Failures now = state();
        boolean unlearningNow = unlearning;
        Optional<String> standstillNow = standstill;
        failed(window, new IllegalStateException("the process ended over it, as when it is killed for want of memory"));
        restore(now);
        unlearning = unlearningNow;
        standstill = standstillNow;
    }

    /** Takes it into account that the window was given up, and not for its own sake. */
    public void abandoned() {
        memory.keep(state());
    }

    /**
     * Takes it into account that a window was not learned.
     *
     * @return what comes next
     */
    public Next failed(Window window, Throwable cause) {
        Next next = next(window.pairEntries(), cause);
        memory.keep(state());
        return next;
    }

    private Next next(List<Entry> pairs, Throwable cause) {
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
        boolean known = condemned.stream().anyMatch(verdict -> verdict.isAt(pair));
        if (known || setAsides + condemned.size() < limits.setAsides()) {
            String kind = isCertain(cause) ? "diverged: " : "cannot be learned: ";
            condemned.removeIf(verdict -> verdict.isAt(pair));
            condemned.add(Condemned.of(pair, id(pair), kind + cause.getMessage()));
            return new Next("its only pair is set aside", false);
        }
        if (!unlearning) {
            unlearning = true;
            return new Next("what gradients usually are is learned anew", false);
        }
        return standStill(cause);
    }

    private static String id(Entry entry) {
        return entry.decoded() instanceof Decoded.Valid<Pair> valid
                ? valid.event().id()
                : "";
    }

    private Next standStill(Throwable cause) {
        standstill = Optional.of("%d pairs in a row could not be learned; nothing more is set aside until one can: %s"
                .formatted(setAsides, cause.getMessage()));
        return new Next("nothing more is set aside", true);
    }

    /** Takes it into account that a window was learned, without the pairs that {@link #condemned} named. */
    public void learned(Window window) {
        boolean sentenced = condemned.removeIf(pair -> pair.isIn(window));
        failures = 0;
        searching = false;
        if (!window.pairs().isEmpty()) {
            setAsides = 0;
            unlearning = false;
            standstill = Optional.empty();
        } else if (sentenced) {
            setAsides++;
        }
        widen();
        memory.keep(state());
    }

    /** Whoever is not met by the time that windows are whole again is another trainer's by now, or was taken back. */
    private void widen() {
        if (narrowed.isPresent()) {
            narrowed = narrowed.map(pairs -> 2 * pairs).filter(pairs -> pairs < limits.windowPairs());
            if (narrowed.isEmpty()) {
                condemned.clear();
            }
        }
    }

    private Failures state() {
        return new Failures(failures, searching, narrowed.orElse(0), condemned, setAsides);
    }

    private void restore(Failures known) {
        failures = known.inARow();
        searching = known.searching();
        narrowed = Optional.of(known.narrowed()).filter(pairs -> pairs > 0);
        condemned.clear();
        condemned.addAll(known.condemned());
        setAsides = known.setAsides();
    }
}
