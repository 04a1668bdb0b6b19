package dev.millrace.evaluate.measure;

import dev.millrace.embedding.model.InputType;
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

    private Stream<TypedText> texts() {
        if (data instanceof Data.Retrieval retrieval) {
            return Stream.concat(
                    TypedText.all(InputType.DOCUMENT, retrieval.documents()),
                    TypedText.all(InputType.QUERY, retrieval.queries()));
        }
        if (data instanceof Data.Graded graded) {
            return Stream.concat(unsaid(graded.left()), unsaid(graded.right()));
        }
        if (data instanceof Data.Labelled labelled) {
            return Stream.concat(
                    unsaid(labelled.learned().texts()),
                    labelled.asked().stream().flatMap(asked -> unsaid(asked.texts())));
        }
        List<String> texts = ((Data.Texts) data).texts();
        return Stream.concat(
                unsaid(texts), unsaid(texts.stream().map(RepeatedWords::of).toList()));
    }

    private static Stream<TypedText> unsaid(List<String> texts) {
        return TypedText.all(InputType.UNSAID, texts);
    }
}
