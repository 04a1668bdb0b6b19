package dev.millrace.evaluation.retrieval;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * What answers a query, by the documents' places.
 *
 * @param right documents that answer it, ascending
 * @param grades how well each does, above 0
 * @param own documents that repeat the query, ascending: they say nothing about an encoder and are never answers
 */
public record Question(int[] right, float[] grades, int[] own) {

    /**
     * A question by its judgements.
     *
     * @param grades by document; those of 0 and below do not answer
     * @param own documents with the query's own text, whatever they were judged
     */
    public static Question of(Map<Integer, Float> grades, Set<Integer> own) {
        int[] right = grades.keySet().stream()
                .filter(document -> grades.get(document) > 0 && !own.contains(document))
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        float[] sorted = new float[right.length];
        for (int i = 0; i < right.length; i++) {
            sorted[i] = grades.get(right[i]);
        }
        return new Question(
                right, sorted, own.stream().mapToInt(Integer::intValue).sorted().toArray());
    }

    /** Whether anything answers it; of a question without answers no encoder can be asked. */
    public boolean answerable() {
        return right.length > 0;
    }

    /** 0 where the document does not answer. */
    float grade(int document) {
        int place = Arrays.binarySearch(right, document);
        return place < 0 ? 0 : grades[place];
    }

    boolean repeats(int document) {
        return Arrays.binarySearch(own, document) >= 0;
    }
}
