package dev.millrace.evaluate.measure;

import dev.millrace.evaluate.data.Data;
import dev.millrace.evaluate.model.TextEncoder;
import dev.millrace.evaluation.geometry.RepeatedWords;
import java.util.List;
import java.util.stream.Stream;

/** Asks models what the data asks. */
public final class Measurement {
    private static final double NANOS = 1e9;

    private final Data data;
    private final Telling telling;

    /** Of one set of data, for any number of models. */
    public Measurement(Data data, Telling telling) {
        this.data = data;
        this.telling = telling;
    }

    /** The figures of one model, which stays open. */
    public Result of(TextEncoder encoder) {
        long begin = telling.nanoTime().getAsLong();
        try (EncodedTexts encoded =
                new EncodedTexts(texts(), encoder, total -> telling.of(encoder.name() + ": encoded", total))) {
            Figures figures = Figures.of(data, encoded, telling);
            double seconds = (telling.nanoTime().getAsLong() - begin) / NANOS;
            return new Result(encoder.name(), figures.byName, figures.counts, encoded.refused(), seconds);
        }
    }

    private Stream<String> texts() {
        if (data instanceof Data.Retrieval retrieval) {
            return Stream.concat(retrieval.documents().stream(), retrieval.queries().stream());
        }
        if (data instanceof Data.Graded graded) {
            return Stream.concat(graded.left().stream(), graded.right().stream());
        }
        if (data instanceof Data.Labelled labelled) {
            return Stream.concat(
                    labelled.learned().texts().stream(),
                    labelled.asked().stream().flatMap(asked -> asked.texts().stream()));
        }
        List<String> texts = ((Data.Texts) data).texts();
        return Stream.concat(texts.stream(), texts.stream().map(RepeatedWords::of));
    }
}
