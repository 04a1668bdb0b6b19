package dev.millrace.evaluation.probe;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** Deals labelled texts out, each class as evenly as can be. A text's part depends on no order, and a repeat falls into the same. */
public final class Parts {
    private Parts() {}

    /**
     * The part of each text, 0 .. count - 1.
     *
     * @param labels the class of each text
     */
    public static int[] of(List<String> texts, int[] labels, int count) {
        Map<String, Integer> parts = new HashMap<>();
        Map<Integer, Integer> dealt = new HashMap<>();
        IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> hash(texts.get(i)))
                        .thenComparing(texts::get)
                        .thenComparing(i -> labels[i]))
                .forEach(i ->
                        parts.computeIfAbsent(texts.get(i), text -> dealt.merge(labels[i], 1, Integer::sum) % count));
        return texts.stream().mapToInt(parts::get).toArray();
    }

    private static long hash(String text) {
        CRC32 hash = new CRC32();
        hash.update(text.getBytes(StandardCharsets.UTF_8));
        return hash.getValue();
    }
}
