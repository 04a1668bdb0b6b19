package dev.millrace.trainer.learning;

import dev.millrace.embedding.Encoder;
import dev.millrace.embedding.TextTokenizer;
import java.util.List;
import java.util.stream.Stream;

/** Texts to unit vectors with the current encoder. */
@FunctionalInterface
interface Vectors {
    float[][] of(List<String> texts);

    static Vectors by(TextTokenizer tokenizer, Encoder encoder) {
        return texts -> encoder.encode(tokenizer.tokenize(texts));
    }

    /** Cosine similarity of two unit vectors. */
    static double similarity(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** All texts once, in order of first appearance. */
    static List<String> distinct(Stream<String> texts) {
        return texts.distinct().toList();
    }
}
