package dev.millrace.embedding.objective.loss;

import dev.millrace.embedding.files.ModelFolder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is learned: a loss of unit vectors. One small class each; see {@link RowLoss}, {@link GradedLoss} and {@link TextLoss} for what a
 * loss may be told, {@link Sum} and {@link Matryoshka} for what is made of others.
 */
public interface Objective {
    /** For logs and manifests. */
    String name();

    /** The losses it is the weighted sum of. */
    List<Term> terms();

    /** How often each text is encoded, each time under another dropout mask: 1, or 2. */
    default int views() {
        return terms().stream().mapToInt(term -> term.loss().views()).max().orElse(1);
    }

    /** Whether any of it can only be computed beside a teacher. */
    default boolean needsTeacher() {
        return terms().stream().anyMatch(term -> term.loss().needsTeacher());
    }

    /** Whether any of it takes over a teacher's vectors, which then have as many dimensions as the encoder's. */
    default boolean takesVectors() {
        return terms().stream().anyMatch(term -> term.loss() instanceof TextLoss);
    }

    /** Whether any of it asks what the momentum encoder sees. */
    default boolean needsMomentum() {
        return terms().stream().anyMatch(term -> term.loss().needsMomentum());
    }

    /** How many texts are kept, as the momentum encoder saw them, after a batch of so many rows. */
    default int queue(int rows) {
        return terms().stream().mapToInt(term -> term.loss().queue(rows)).max().orElse(0);
    }

    /** What it learns itself beside this model; what several losses call alike is one. */
    default List<Parameter> parameters(ModelFolder model) {
        Map<String, Parameter> byName = new LinkedHashMap<>();
        terms().stream()
                .flatMap(term -> term.parameters(model).stream())
                .forEach(parameter -> byName.putIfAbsent(parameter.name(), parameter));
        return List.copyOf(byName.values());
    }
}
