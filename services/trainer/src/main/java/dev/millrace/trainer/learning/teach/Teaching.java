package dev.millrace.trainer.learning.teach;

import dev.millrace.embedding.model.InputType;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.objective.batch.BatchTexts.Text;
import dev.millrace.embedding.objective.batch.Teacher;
import dev.millrace.embedding.objective.loss.Objective;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.vectors.Vectors;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Whom the encoder learns from besides the pairs: nobody, itself as it was before the window, or another model. */
public final class Teaching implements AutoCloseable {
    /** Nobody. */
    public static final String NONE = "none";

    /** The encoder as it was before the window: what it knew is kept (Li and Hoiem 2016, learning without forgetting). */
    public static final String BEFORE = "before";

    private final boolean before;
    private final Optional<TeacherModel> model;
    private final OptionalDouble guide;

    private Teaching(boolean before, Optional<TeacherModel> model, OptionalDouble guide) {
        this.before = before;
        this.model = model;
        this.guide = guide;
    }

    /**
     * As configured; a teacher in a folder is loaded.
     *
     * @param dimensions numbers in a vector of the encoder that learns
     * @throws IllegalArgumentException naming the key, when the teacher cannot be loaded, or has vectors of another
     *     number of dimensions where they are to be taken over
     */
    public static Teaching of(LearningConfig config, Objective objective, EncoderOptions options, int dimensions) {
        OptionalDouble guide = config.guideMargin().map(OptionalDouble::of).orElse(OptionalDouble.empty());
        boolean folder = !List.of(NONE, BEFORE).contains(config.teacher());
        Teaching teaching = new Teaching(
                config.teacher().equals(BEFORE),
                folder ? Optional.of(TeacherModel.load(Path.of(config.teacher()), options, config)) : Optional.empty(),
                guide);
        try {
            teaching.requireFits(objective, dimensions);
            return teaching;
        } catch (IllegalArgumentException e) {
            teaching.close();
            throw e;
        }
    }

    /**
     * Refuses what could only be learned from a teacher where there is none.
     *
     * @throws IllegalArgumentException naming the key
     */
    public static void check(LearningConfig config, Objective objective) {
        boolean nobody = config.teacher().equals(NONE);
        if (nobody && objective.needsTeacher()) {
            throw new IllegalArgumentException("millrace.learning.objective is \"" + config.objective()
                    + "\", which wants millrace.learning.teacher: before, or a model's folder");
        }
        if (nobody && config.guideMargin().isPresent()) {
            throw new IllegalArgumentException(
                    "millrace.learning.guide-margin wants millrace.learning.teacher: before, or a model's folder");
        }
    }

    private void requireFits(Objective objective, int dimensions) {
        model.filter(other -> objective.takesVectors() && other.dimensions() != dimensions)
                .ifPresent(other -> {
                    throw new IllegalArgumentException("millrace.learning.teacher has vectors of " + other.dimensions()
                            + " numbers, and distill-vectors wants " + dimensions
                            + " as the model has; distill-rows takes any");
                });
    }

    /** Whether it is the encoder as it was before the window. */
    public boolean before() {
        return before;
    }

    /** The vectors of another model, where it is one. */
    public Optional<Vectors> model(Runnable between) {
        return model.map(other -> other.vectors(between));
    }

    /** What a batch with these texts is told: a teacher reads them behind its own prompts. */
    public Teacher teacher(Vectors vectors, List<Text> texts) {
        float[][] seen = new float[texts.size()][];
        for (InputType type : InputType.values()) {
            int[] places = IntStream.range(0, seen.length)
                    .filter(place -> texts.get(place).type() == type)
                    .toArray();
            float[][] rows = vectors.of(
                    type,
                    IntStream.of(places)
                            .mapToObj(place -> texts.get(place).text())
                            .toList());
            IntStream.range(0, places.length).forEach(i -> seen[places[i]] = rows[i]);
        }
        return new Teacher(seen, guide);
    }

    @Override
    public void close() {
        model.ifPresent(TeacherModel::close);
    }
}
