package dev.millrace.trainer.learning.vectors;

import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.model.InputType;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.evaluation.vectors.VectorTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Texts to unit vectors with the current encoder. */
@FunctionalInterface
public interface Vectors {
    float[][] of(InputType type, List<String> texts);

    /** Of texts that ask. */
    default float[][] queries(List<String> texts) {
        return of(InputType.QUERY, texts);
    }

    /** Of texts that may answer. */
    default float[][] documents(List<String> texts) {
        return of(InputType.DOCUMENT, texts);
    }

    /** So many texts are encoded between two signs of life: seconds, on a slow machine. */
    int PART = 1024;

    /**
     * Encodes each text once, behind what the model reads before texts of its type, however many measures and miners ask for it while these weights last.
     *
     * @param between called before every {@value PART} texts: tells that the work goes on, and may throw to end it
     */
    static Vectors by(TextTokenizer tokenizer, Encoder encoder, Runnable between) {
        Map<String, float[]> known = new HashMap<>();
        return (type, words) -> {
            List<String> texts = tokenizer.prompts().before(type, words);
            List<String> unknown = distinct(texts.stream().filter(text -> !known.containsKey(text)));
            for (int from = 0; from < unknown.size(); from += PART) {
                between.run();
                List<String> part = unknown.subList(from, Math.min(from + PART, unknown.size()));
                float[][] encoded = encoder.encode(tokenizer.tokenize(part));
                for (int i = 0; i < encoded.length; i++) {
                    known.put(part.get(i), encoded[i]);
                }
            }
            return texts.stream().map(known::get).toArray(float[][]::new);
        };
    }

    /**
     * Vectors as rows to be measured. One with a number that is not finite is all 0 there, like nothing: a single text
     * must not end the measuring of all.
     */
    default VectorTable table(InputType type, List<String> texts) {
        float[][] vectors = of(type, texts);
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = finite(vectors[i]) ? vectors[i] : new float[vectors[i].length];
        }
        return VectorTable.of(vectors);
    }

    private static boolean finite(float[] vector) {
        for (float number : vector) {
            if (!Float.isFinite(number)) {
                return false;
            }
        }
        return true;
    }

    /** Cosine similarity of two unit vectors. */
    static double similarity(float[] a, float[] b) {
        // Four sums, since the compiler may not reorder one, and each addition would wait for the last.
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int blocks = a.length & ~3;
        for (int i = 0; i < blocks; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (int i = blocks; i < a.length; i++) {
            s0 += a[i] * b[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** All texts once, in order of first appearance. */
    static List<String> distinct(Stream<String> texts) {
        return texts.distinct().toList();
    }
}
