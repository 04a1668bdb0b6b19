package dev.millrace.trainer.learning.gate;

import dev.millrace.checkpoints.version.Bound;
import dev.millrace.checkpoints.version.Decision;
import dev.millrace.trainer.learning.evaluate.Deficit;
import dev.millrace.trainer.learning.evaluate.Evaluation;
import dev.millrace.trainer.learning.evaluate.GoldenTexts;
import dev.millrace.trainer.learning.evaluate.UnrankedFigures;
import dev.millrace.trainer.learning.settings.GateConfig;
import dev.millrace.trainer.learning.state.DivergedException;
import dev.millrace.trainer.learning.state.HeldOut.Slice;
import dev.millrace.trainer.learning.state.LearningState;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides whether a version may be promoted: each slice of held-out pairs measured before and after on the same pairs,
 * or where there are none how bare texts lie, how far the vectors moved, how long a text takes. What versions lose one after the other adds up, so a slow decline
 * does not slip through.
 */
public final class Gate {
    private final GateConfig config;

    public Gate(GateConfig config) {
        this.config = config;
    }

    /**
     * Compares a version with the one it was trained from; {@code state} remembers what was lost so far.
     *
     * @throws DivergedException when its vectors are no numbers: the last step can do that, and no later one would tell
     */
    public Decision judge(Evidence before, Evidence after, LearningState state) {
        SortedMap<String, Bound> bounds = new TreeMap<>();
        SortedMap<String, Deficit> deficits = new TreeMap<>();
        List<Slice> slices = state.heldOut.slices(config.minHeldOut());
        for (Slice slice : slices) {
            Deficit deficit = state.deficit(slice.name())
                    .with(after.evaluation().changeSince(before.evaluation(), slice.pairs()));
            deficits.put(slice.name(), deficit);
            bounds.put(slice.name(), new Bound(deficit.lost(), tolerated(deficit, slice)));
        }
        bounds.put("drift", new Bound(drift(after, state), config.drift()));
        if (slices.isEmpty() && state.heldOut.texts().pairs().size() >= config.minHeldOut()) {
            bounds.putAll(ofBareTexts(after, state));
        }
        remember(new Decision(bounds), slices, deficits, after, state);
        bounds.put("latency", new Bound(slowdown(before, after), config.latencyFactor()));
        return new Decision(bounds);
    }

    /**
     * Where too little asks and answers, vectors that all lie together, or that lose what a text and its own view have
     * in common, would go unseen. A base model may be as bad as it is, but nothing that follows it worse.
     */
    private SortedMap<String, Bound> ofBareTexts(Evidence after, LearningState state) {
        SortedMap<String, Bound> bounds = new TreeMap<>();
        double usual = state.golden().meanCosine().orElse(0);
        after.golden()
                .meanCosine()
                .ifPresent(cosine -> bounds.put("collapse", new Bound(cosine, Math.max(config.collapse(), usual))));
        after.unranked()
                .alignment()
                .ifPresent(alignment -> bounds.put("alignment", new Bound(alignment, config.alignment())));
        return bounds;
    }

    private static double drift(Evidence after, LearningState state) {
        double drift = state.golden().drift(after.golden());
        if (!Double.isFinite(drift)) {
            throw new DivergedException("the vectors of the golden texts are no finite numbers");
        }
        return drift;
    }

    private double tolerated(Deficit deficit, Slice slice) {
        return config.tolerance()
                + config.noise() * deficit.standardError(slice.pairs().size());
    }

    /** How many times as long a text takes as before; 1 where nothing was timed. */
    private static double slowdown(Evidence before, Evidence after) {
        return before.nanos() > 0 ? (double) after.nanos() / before.nanos() : 1;
    }

    /**
     * A trusted version is what later ones are compared with, however fast it was: what is remembered must not depend
     * on the machine. Its loss on pairs that last still counts against the next, since together they may forget what
     * each alone may not; pairs that come and go would add up noise.
     */
    private static void remember(
            Decision quality,
            List<Slice> slices,
            SortedMap<String, Deficit> deficits,
            Evidence after,
            LearningState state) {
        if (quality.trusted()) {
            deficits.keySet()
                    .retainAll(slices.stream()
                            .filter(Slice::lasting)
                            .map(Slice::name)
                            .toList());
            state.golden(after.golden());
        }
        state.deficits(deficits);
    }

    /**
     * What was seen of a version.
     *
     * @param evaluation on all held-out pairs that ask and answer
     * @param unranked on those that do not
     * @param golden its vectors of the golden texts
     * @param nanos the quickest it encoded a single golden text, in nanoseconds; 0 without golden texts
     */
    public record Evidence(Evaluation evaluation, UnrankedFigures unranked, GoldenTexts golden, long nanos) {}
}
