package dev.millrace.trainer.learning;

import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.Study.Lesson;
import dev.millrace.trainer.learning.batch.BatchComposer;
import dev.millrace.trainer.learning.batch.Example;
import dev.millrace.trainer.learning.mine.MiningPool;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.state.LearningState;
import java.util.List;
import java.util.SplittableRandom;

/** Makes lessons of what comes and what is remembered; what is drawn depends on seed and window alone. */
final class Lessons {
    private static final long WINDOW_SEED_STRIDE = 1_000_003;

    private final LearningConfig config;
    private final LearningState state;

    Lessons(LearningConfig config, LearningState state) {
        this.config = config;
        this.state = state;
    }

    /** Of the window that comes next. */
    long seed() {
        return seed(0);
    }

    /** Of the window that comes after so many that are learned and not taken in yet. */
    long seed(int ahead) {
        return config.seed() + WINDOW_SEED_STRIDE * (state.windows() + ahead);
    }

    /** These pairs, and as many replayed ones as go with them. */
    Lesson of(List<Pair> fresh) {
        return of(fresh, seed());
    }

    /** As {@link #of(List)}, drawn by this seed. */
    Lesson of(List<Pair> fresh, long seed) {
        List<Example> examples = fresh.stream().map(Example::of).toList();
        BatchComposer composer = Methods.composer(config, state.changes.replayShare());
        List<Example> replayed = replayed(composer.replayed(examples.size()), seed);
        return new Lesson(examples, pool(examples, replayed, seed), replayed, List.of(), composer, seed);
    }

    /** One pass over replayed pairs alone. */
    Lesson again() {
        Rehearsal pass = Rehearsal.of(state.replay.draw(config.consolidationPairs(), new SplittableRandom(seed())));
        List<Example> again = pass.again();
        return new Lesson(
                again, pool(again, List.of(), seed()), List.of(), pass.heldBack(), Methods.composer(config, 0), seed());
    }

    /** By which it is told what the weights are to be held to. */
    List<Example> known(int pairs, long seed) {
        return replayed(pairs, seed + 2);
    }

    /** Whoever mines is in it, so that what belongs to it is known. */
    private MiningPool pool(List<Example> fresh, List<Example> replayed, long seed) {
        List<Example> mining = config.miningReplayed() ? Study.joined(fresh, replayed) : fresh;
        return new MiningPool(mining, replayed(config.miningPool(), seed + 1), config.miningPool())
                .and(state.documents().draw(config.miningPool(), new SplittableRandom(seed + 2)));
    }

    private List<Example> replayed(int count, long seed) {
        return state.replay.draw(count, new SplittableRandom(seed)).stream()
                .map(Example::of)
                .toList();
    }
}
