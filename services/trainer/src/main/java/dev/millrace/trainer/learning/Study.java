package dev.millrace.trainer.learning;

import dev.millrace.embedding.encode.Encoder;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.batch.BatchComposer;
import dev.millrace.trainer.learning.batch.BatchComposer.Composing;
import dev.millrace.trainer.learning.batch.Example;
import dev.millrace.trainer.learning.evaluate.Evaluation;
import dev.millrace.trainer.learning.evaluate.Surprise;
import dev.millrace.trainer.learning.gate.Examiner;
import dev.millrace.trainer.learning.gate.Gate.Evidence;
import dev.millrace.trainer.learning.mine.Miner;
import dev.millrace.trainer.learning.mine.Miner.Mining;
import dev.millrace.trainer.learning.mine.MiningPool;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.teach.Teaching;
import dev.millrace.trainer.learning.vectors.Vectors;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Goes through a lesson: measures, mines, composes batches, takes the steps, and measures again. */
final class Study {
    private final Model model;
    private final Examiner examiner;
    private final Teaching teaching;
    private final Miner miner;
    private final boolean minesReplayed;
    private final TrainingSteps steps;

    Study(LearningConfig config, Model model, TrainingSteps steps, Examiner examiner, Teaching teaching) {
        this.model = model;
        this.examiner = examiner;
        this.teaching = teaching;
        miner = Methods.miner(config);
        minesReplayed = config.miningReplayed();
        this.steps = steps;
    }

    /**
     * What is to be learned.
     *
     * @param fresh to be learned for the first time, with mined negatives from the pool
     * @param replayed to be learned again, with mined negatives where the configuration says so
     * @param heldBack not learned, but asked before and after
     * @param composer puts what is learned into batches
     * @param seed of whatever is drawn
     */
    record Lesson(
            List<Example> fresh,
            MiningPool pool,
            List<Example> replayed,
            List<Pair> heldBack,
            BatchComposer composer,
            long seed) {}

    /** What was seen before a lesson, and what its steps came to; {@code asked} is what was seen of what it holds back. */
    record Taken(Lesson lesson, Evidence before, Evaluation asked, TrainingSteps.Result trained) {}

    /** What was seen before a lesson, in it, and after it; also of what it held back, if anything. */
    record Studied(Evidence before, TrainingSteps.Result trained, Evidence after, Optional<Surprise> heldBack) {}

    /** Learns it; {@code between} as of {@link Learner#learn}. */
    Taken take(Lesson lesson, Runnable between) {
        Evidence before;
        Evaluation asked;
        List<List<Example>> batches;
        Optional<TrainingSteps.Result> taught = Optional.empty();
        try (Encoder current = model.encoder().averaged()) {
            Vectors vectors = Vectors.by(model.tokenizer(), current, between);
            before = examiner.examine(current, vectors, between);
            asked = Evaluation.of(lesson.heldBack(), vectors, between);
            batches = batches(lesson, vectors, between);
            if (teaching.before()) {
                taught = Optional.of(trained(batches, lesson.seed(), Optional.of(vectors), between));
            }
        }
        TrainingSteps.Result trained =
                taught.orElseGet(() -> trained(batches, lesson.seed(), teaching.model(between), between));
        return new Taken(lesson, before, asked, trained);
    }

    /** Takes its steps alone: what they come to is looked at once it is merged with that of others. */
    TrainingSteps.Result steps(Lesson lesson, Runnable between) {
        List<List<Example>> batches;
        try (Encoder current = model.encoder().averaged()) {
            Vectors vectors = Vectors.by(model.tokenizer(), current, between);
            batches = batches(lesson, vectors, between);
            if (teaching.before()) {
                return trained(batches, lesson.seed(), Optional.of(vectors), between);
            }
        }
        return trained(batches, lesson.seed(), teaching.model(between), between);
    }

    /** Looks at what it came to. */
    Studied look(Taken taken, Runnable between) {
        try (Encoder learned = model.encoder().averaged()) {
            Vectors vectors = Vectors.by(model.tokenizer(), learned, between);
            Evidence after = examiner.examine(learned, vectors, between);
            return new Studied(
                    taken.before(), taken.trained(), after, heldBack(taken.lesson(), taken.asked(), vectors, between));
        }
    }

    /** Looks at the weights as they are. */
    Evidence look(Runnable between) {
        try (Encoder current = model.encoder().averaged()) {
            return examiner.examine(current, Vectors.by(model.tokenizer(), current, between), between);
        }
    }

    private static Optional<Surprise> heldBack(Lesson lesson, Evaluation asked, Vectors vectors, Runnable between) {
        return Optional.of(asked.placements().keySet())
                .filter(pairs -> !pairs.isEmpty())
                .map(pairs -> Evaluation.of(lesson.heldBack(), vectors, between).surpriseSince(asked, pairs));
    }

    private List<List<Example>> batches(Lesson lesson, Vectors vectors, Runnable between) {
        int fresh = lesson.fresh().size();
        List<Example> replayed = lesson.replayed();
        List<Example> asking = minesReplayed ? joined(lesson.fresh(), replayed) : lesson.fresh();
        List<Example> mined = miner.mine(asking, lesson.pool(), vectors, new Mining(lesson.seed(), between));
        return lesson.composer()
                .compose(
                        mined.subList(0, fresh),
                        minesReplayed ? mined.subList(fresh, mined.size()) : replayed,
                        new Composing(vectors, lesson.seed(), between));
    }

    static List<Example> joined(List<Example> some, List<Example> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private TrainingSteps.Result trained(
            List<List<Example>> batches, long seed, Optional<Vectors> teacher, Runnable between) {
        return steps.over(batches, seed, teacher.map(vectors -> texts -> teaching.teacher(vectors, texts)), between);
    }
}
