package dev.millrace.evaluation.retrieval;

import dev.millrace.evaluation.vectors.Tile;
import java.util.Arrays;

/**
 * One question's way through the documents, in any order: of equally similar ones, what does not answer goes before what does, and
 * the worse answer before the better. So an encoder that cannot tell texts apart finds nothing, and no order of documents helps it.
 */
final class Ranking {
    /** Depth of nDCG. */
    static final int DEPTH = 10;

    private static final double TEMPERATURE = 0.05;

    private final Question question;
    private final float[] scores = new float[DEPTH];
    private final float[] grades = new float[DEPTH];
    private int filled;
    private float best = Float.NEGATIVE_INFINITY;
    private int before;

    Ranking(Question question) {
        this.question = question;
    }

    /** First walk: how similar its most similar right answer is; of the documents from {@code first} on. */
    void meetAnswers(float[] query, float[][] documents, int first) {
        int place = Arrays.binarySearch(question.right(), first);
        for (int i = place < 0 ? -place - 1 : place; i < question.right().length; i++) {
            int row = question.right()[i] - first;
            if (row >= documents.length) {
                return;
            }
            best = Math.max(best, Tile.product(query, documents[row]));
        }
    }

    /** Second walk: what comes before it, and which are the first {@link #DEPTH}. */
    void meetAll(float[] products, int width, int first) {
        for (int i = 0; i < width; i++) {
            if (products[i] >= best || products[i] >= last()) {
                meet(first + i, products[i]);
            }
        }
    }

    private float last() {
        return filled < DEPTH ? Float.NEGATIVE_INFINITY : scores[DEPTH - 1];
    }

    private void meet(int document, float score) {
        if (question.repeats(document)) {
            return;
        }
        float grade = question.grade(document);
        if (grade == 0 && score >= best) {
            before++;
        }
        int place = filled;
        while (place > 0 && precedes(score, grade, place - 1)) {
            place--;
        }
        if (place < DEPTH) {
            insert(place, score, grade);
        }
    }

    private boolean precedes(float score, float grade, int other) {
        return score > scores[other] || (score == scores[other] && grade < grades[other]);
    }

    private void insert(int place, float score, float grade) {
        filled = Math.min(DEPTH, filled + 1);
        System.arraycopy(scores, place, scores, place + 1, filled - place - 1);
        System.arraycopy(grades, place, grades, place + 1, filled - place - 1);
        scores[place] = score;
        grades[place] = grade;
    }

    Placement placement() {
        float[] ideal = question.grades().clone();
        Arrays.sort(ideal);
        double most = 0;
        for (int i = 0; i < Math.min(DEPTH, ideal.length); i++) {
            most += gain(ideal[ideal.length - 1 - i], i);
        }
        double gained = 0;
        for (int i = 0; i < filled; i++) {
            gained += gain(grades[i], i);
        }
        return new Placement(before + 1, gained / most, surprise());
    }

    private double surprise() {
        double wrong = 0;
        for (int i = 0; i < filled; i++) {
            if (grades[i] == 0) {
                wrong += Math.exp((scores[i] - best) / TEMPERATURE);
            }
        }
        return Math.log1p(wrong);
    }

    /** The grade itself, as trec_eval has it, and not 2^grade - 1. */
    private static double gain(float grade, int place) {
        return grade / (Math.log(place + 2.0) / Math.log(2));
    }
}
