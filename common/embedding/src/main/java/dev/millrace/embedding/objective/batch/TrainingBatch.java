package dev.millrace.embedding.objective.batch;

import dev.millrace.embedding.text.Tokens;
import java.util.List;
import java.util.Optional;

/**
 * One training batch: unique texts, and what is known of them.
 *
 * @param texts the u texts, each encoded once however many roles it plays
 * @param roles who is drawn to whom and compared with whom, as indexes of {@code texts}
 * @param teacher how another encoder sees the same texts; empty: there is none
 * @param momentum how the momentum encoder sees them, and earlier ones; empty: the encoder finds out where its objective asks
 */
public record TrainingBatch(List<Tokens> texts, Roles roles, Optional<Teacher> teacher, Optional<Momentum> momentum) {
    /** Checks that all that is named lies in the batch. */
    public TrainingBatch {
        texts = List.copyOf(texts);
        roles.requireBelow(texts.size());
        if (teacher.isPresent() && teacher.get().vectors().length != texts.size()) {
            throw new IllegalArgumentException("a teacher has a vector for each of the batch's texts");
        }
        if (momentum.isPresent() && momentum.get().keys().length != texts.size()) {
            throw new IllegalArgumentException("a momentum encoder has a vector for each of the batch's texts");
        }
    }

    /** Beside a teacher alone. */
    public TrainingBatch(List<Tokens> texts, Roles roles, Optional<Teacher> teacher) {
        this(texts, roles, teacher, Optional.empty());
    }

    /** Without a teacher. */
    public TrainingBatch(List<Tokens> texts, Roles roles) {
        this(texts, roles, Optional.empty());
    }

    /** Of anchors alone, with the candidates that are theirs. */
    public static TrainingBatch ofRows(List<Tokens> texts, List<Row> anchors) {
        return new TrainingBatch(texts, Roles.ofAnchors(anchors));
    }

    /** The same with the texts' tokens otherwise. */
    public TrainingBatch withTokens(List<Tokens> others) {
        return new TrainingBatch(others, roles, teacher, momentum);
    }

    /** The same beside a momentum encoder. */
    public TrainingBatch with(Momentum seen) {
        return new TrainingBatch(texts, roles, teacher, Optional.of(seen));
    }
}
