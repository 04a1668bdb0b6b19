package dev.millrace.trainer.learning.gate;

import dev.millrace.checkpoints.version.Bound;
import dev.millrace.checkpoints.version.Decision;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.evaluate.Change;
import dev.millrace.trainer.learning.evaluate.Deficit;
import dev.millrace.trainer.learning.evaluate.Evaluation;
import dev.millrace.trainer.learning.evaluate.GoldenTexts;
import dev.millrace.trainer.learning.evaluate.GroupStanding;
import dev.millrace.trainer.learning.evaluate.UnrankedFigures;
import dev.millrace.trainer.learning.gate.GroupRule.Verdict;
import dev.millrace.trainer.learning.settings.GateConfig;
import dev.millrace.trainer.learning.state.DivergedException;
import dev.millrace.trainer.learning.state.Groups;
import dev.millrace.trainer.learning.state.HeldOut.Slice;
import dev.millrace.trainer.learning.state.LearningState;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides whether a version may be promoted: each slice and each group of held-out pairs measured before and after on
 * the same pairs, or where there are none how bare texts lie, how far the vectors moved, how long a text takes. What
 * versions lose one after the other adds up, so a slow decline does not slip through.
 */
public final class Gate {
    private final GateConfig config;
    private final GroupRule groups;

    public Gate(GateConfig config) {
        this.config = config;
        groups = new GroupRule(config);
    }

    /**
     * Compares a version with the one it was trained from; {@code state} remembers what was lost so far.
     *
     * @throws DivergedException when its vectors are no numbers: the last step can do that, and no later one would tell
     */
    public Decision judge(Evidence before, Evidence after, LearningState state) {
        List<Slice> slices = state.heldOut.slices(config.minHeldOut());
        Changes changes = changes(before, after, state);
        Losses losses = losses(slices, changes, before, after, state);
        SortedMap<String, Bound> bounds = bounds(losses, slices);
        bounds.put("drift", new Bound(drift(after, state), config.drift()));
        if (slices.isEmpty() && state.heldOut.texts().pairs().size() >= config.minHeldOut()) {
            bounds.putAll(ofBareTexts(after, state));
        }
        remember(new Decision(bounds).trusted(), losses, slices, after, state);
        state.groups().changed(changes.groups(), changes.all());
        bounds.put("latency", new Bound(slowdown(before, after), config.latencyFactor()));
        return new Decision(bounds);
    }

    /** What was lost: of each slice since its best, and what is said of each group. */
    private record Losses(SortedMap<String, Deficit> slices, SortedMap<String, Verdict> groups) {}

    /** What the version changed on all held-out pairs, and on those of each group that is looked at by itself. */
    private record Changes(Change all, SortedMap<String, Change> groups) {}

    private static Changes changes(Evidence before, Evidence after, LearningState state) {
        SortedMap<String, Change> groups = new TreeMap<>();
        state.groups()
                .named(state.heldOut.groups())
                .forEach((group, pairs) -> groups.put(group, change(before, after, pairs)));
        return new Changes(change(before, after, state.heldOut.all()), groups);
    }

    private Losses losses(List<Slice> slices, Changes changes, Evidence before, Evidence after, LearningState state) {
        SortedMap<String, Deficit> deficits = new TreeMap<>();
        for (Slice slice : slices) {
            deficits.put(slice.name(), state.deficit(slice.name()).with(change(before, after, slice.pairs())));
        }
        return new Losses(
                deficits,
                slices.isEmpty()
                        ? new TreeMap<>()
                        : groups.judge(
                                changes.groups(), changes.all(), state.groups().standings()));
    }

    private static Change change(Evidence before, Evidence after, List<Pair> pairs) {
        return after.evaluation().changeSince(before.evaluation(), pairs);
    }

    /** Of groups with few pairs only those that are at fault: there may be hundreds. */
    private SortedMap<String, Bound> bounds(Losses losses, List<Slice> slices) {
        SortedMap<String, Bound> bounds = new TreeMap<>();
        for (Slice slice : slices) {
            Deficit deficit = losses.slices().get(slice.name());
            bounds.put(slice.name(), new Bound(deficit.lost(), tolerated(deficit, slice)));
        }
        losses.groups().forEach((group, verdict) -> {
            if (verdict.pairs() >= config.minHeldOut() || !verdict.bound().kept()) {
                bounds.put(Groups.NAMED + group, verdict.bound());
            }
        });
        return bounds;
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
            boolean trusted, Losses losses, List<Slice> slices, Evidence after, LearningState state) {
        if (trusted) {
            losses.slices()
                    .keySet()
                    .retainAll(slices.stream()
                            .filter(Slice::lasting)
                            .map(Slice::name)
                            .toList());
            state.golden(after.renewed());
        }
        state.deficits(losses.slices());
        SortedMap<String, GroupStanding> standings = new TreeMap<>();
        for (Map.Entry<String, Verdict> group : losses.groups().entrySet()) {
            Verdict verdict = group.getValue();
            standings.put(group.getKey(), trusted ? verdict.trusted() : verdict.refused());
        }
        state.groups().standings(standings);
    }

    /**
     * What was seen of a version.
     *
     * @param evaluation on all held-out pairs that ask and answer
     * @param unranked on those that do not
     * @param golden its vectors of the golden texts that drift is measured by
     * @param renewed its vectors of those that it is published with, of which one may be new
     * @param nanos the quickest it encoded a single golden text, in nanoseconds; 0 without golden texts
     */
    public record Evidence(
            Evaluation evaluation, UnrankedFigures unranked, GoldenTexts golden, GoldenTexts renewed, long nanos) {}
}
