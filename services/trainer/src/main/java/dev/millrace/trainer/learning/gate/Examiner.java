package dev.millrace.trainer.learning.gate;

import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.model.InputType;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.trainer.learning.evaluate.Evaluation;
import dev.millrace.trainer.learning.evaluate.GoldenTexts;
import dev.millrace.trainer.learning.evaluate.UnrankedFigures;
import dev.millrace.trainer.learning.gate.Gate.Evidence;
import dev.millrace.trainer.learning.state.LearningState;
import dev.millrace.trainer.learning.vectors.Vectors;
import java.util.List;
import java.util.SortedMap;
import java.util.function.LongSupplier;

/** Looks at an encoder: what it finds, where its vectors lie, how long it takes. */
public final class Examiner {
    private final TextTokenizer tokenizer;
    private final LearningState state;
    private final LongSupplier nanoTime;

    public Examiner(TextTokenizer tokenizer, LearningState state, LongSupplier nanoTime) {
        this.tokenizer = tokenizer;
        this.state = state;
        this.nanoTime = nanoTime;
    }

    /**
     * Looks at what the encoder finds among held-out pairs, where its vectors lie and how long it takes.
     *
     * @param between called every now and then: tells that the work goes on, and may throw to end it
     */
    public Evidence examine(Encoder encoder, Vectors vectors, Runnable between) {
        Evaluation evaluation = Evaluation.of(state.heldOut.all(), vectors, between);
        UnrankedFigures unranked = UnrankedFigures.of(
                state.heldOut.graded().pairs(), state.heldOut.texts().pairs(), vectors);
        GoldenTexts golden = state.golden().seenBy(vectors);
        GoldenTexts renewed =
                state.remembered().map(text -> golden.with(text, vectors)).orElse(golden);
        return new Evidence(evaluation, unranked, golden, renewed, quickest(encoder));
    }

    /** What was seen of all that is held out, by name, before and after. */
    public SortedMap<String, Double> figures(Evidence before, Evidence after) {
        return VersionFigures.of(state.heldOut, before, after);
    }

    /** The quickest of many, as it is the one that other work on the machine disturbed least. */
    private long quickest(Encoder encoder) {
        return tokenizer.tokenize(InputType.UNSAID, state.golden().texts()).stream()
                .mapToLong(text -> nanos(encoder, text))
                .min()
                .orElse(0);
    }

    private long nanos(Encoder encoder, Tokens text) {
        long started = nanoTime.getAsLong();
        encoder.encode(List.of(text));
        return nanoTime.getAsLong() - started;
    }
}
