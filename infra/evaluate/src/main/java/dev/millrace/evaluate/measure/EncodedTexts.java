package dev.millrace.evaluate.measure;

import dev.millrace.embedding.model.InputType;
import dev.millrace.evaluate.model.RefusedTextException;
import dev.millrace.evaluate.model.TextEncoder;
import dev.millrace.evaluation.vectors.Progress;
import dev.millrace.evaluation.vectors.VectorTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Each different text encoded once for what it is, in the order of first appearance, and kept in a file. A text that the encoder refuses gets a vector of
 * zeros, which is at 0 to everything, and is counted.
 */
final class EncodedTexts implements AutoCloseable {
    private static final int PART = 256;

    private final TextEncoder encoder;
    private final Map<TypedText, Integer> places = new HashMap<>();
    private final SpooledVectors vectors = new SpooledVectors();
    private int refused;

    /** Encodes them; {@code progress} is asked for a listener by the number of different texts. */
    EncodedTexts(Stream<TypedText> texts, TextEncoder encoder, IntFunction<Progress> progress) {
        this.encoder = encoder;
        List<TypedText> distinct = texts.distinct().toList();
        distinct.forEach(text -> places.put(text, places.size()));
        Progress telling = progress.apply(distinct.size());
        try {
            for (int from = 0; from < distinct.size(); ) {
                int to = endOfPart(distinct, from);
                vectors.append(filled(encoded(distinct.subList(from, to))));
                telling.done(to);
                from = to;
            }
        } catch (RuntimeException e) {
            vectors.close();
            throw e;
        }
    }

    /** All of one type. */
    private static int endOfPart(List<TypedText> texts, int from) {
        int to = from + 1;
        while (to < Math.min(from + PART, texts.size())
                && texts.get(to).type() == texts.get(from).type()) {
            to++;
        }
        return to;
    }

    /** Halves what was refused until the text at fault stands alone: its vector stays empty. */
    private float[][] encoded(List<TypedText> texts) {
        try {
            return encoder.encode(
                    texts.get(0).type(), texts.stream().map(TypedText::text).toList());
        } catch (RefusedTextException e) {
            if (texts.size() == 1) {
                refused++;
                return new float[1][0];
            }
            int middle = texts.size() / 2;
            return Stream.concat(
                            Arrays.stream(encoded(texts.subList(0, middle))),
                            Arrays.stream(encoded(texts.subList(middle, texts.size()))))
                    .toArray(float[][]::new);
        }
    }

    private static float[][] filled(float[][] encoded) {
        int dimensions =
                Arrays.stream(encoded).mapToInt(vector -> vector.length).max().orElse(0);
        if (dimensions == 0) {
            throw new IllegalStateException("the encoder refuses " + encoded.length + " texts, one after the other");
        }
        return Arrays.stream(encoded)
                .map(vector -> vector.length == 0 ? new float[dimensions] : vector)
                .toArray(float[][]::new);
    }

    /** How many texts the encoder has no vector for. */
    int refused() {
        return refused;
    }

    /** Vectors of these texts, all of which were encoded. */
    VectorTable table(InputType type, List<String> texts) {
        int[] rows = TypedText.all(type, texts).mapToInt(places::get).toArray();
        return new VectorTable(rows.length, (from, to) -> read(rows, from, to));
    }

    /** Rows that follow each other are read at once. */
    private float[][] read(int[] rows, int from, int to) {
        List<float[]> read = new ArrayList<>(to - from);
        for (int next = from; next < to; next = from + read.size()) {
            int end = next + 1;
            while (end < to && rows[end] == rows[end - 1] + 1) {
                end++;
            }
            read.addAll(Arrays.asList(vectors.read(rows[next], rows[end - 1] + 1)));
        }
        return read.toArray(float[][]::new);
    }

    @Override
    public void close() {
        vectors.close();
    }
}
