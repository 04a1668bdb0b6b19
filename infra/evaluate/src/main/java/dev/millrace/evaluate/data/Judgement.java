package dev.millrace.evaluate.data;

import dev.millrace.evaluate.data.Lines.Line;
import java.util.Optional;

/** A line of qrels: BEIR's query, document, score, or TREC's query, iteration, document, score. */
record Judgement(String query, String document, float grade) {
    private static final int BEIR = 3;
    private static final int TREC = 4;

    /** Empty for a header, which only the first line can be. */
    static Optional<Judgement> of(Line line, boolean first) {
        String[] cells = line.text().strip().split("\\s+", -1);
        if (cells.length != BEIR && cells.length != TREC) {
            throw line.refused("has " + cells.length + " columns, not query, document and score");
        }
        try {
            float grade = Float.parseFloat(cells[cells.length - 1]);
            return Optional.of(new Judgement(cells[0], cells[cells.length - 2], grade));
        } catch (NumberFormatException e) {
            if (first) {
                return Optional.empty();
            }
            throw line.refused("score: is no number");
        }
    }
}
