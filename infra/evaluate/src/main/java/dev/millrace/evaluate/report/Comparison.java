package dev.millrace.evaluate.report;

import dev.millrace.evaluate.data.Data;
import dev.millrace.evaluate.measure.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Models side by side, in the order in which they were named. */
public record Comparison(Data data, List<Result> results) {
    /** Copies the list. */
    public Comparison {
        results = List.copyOf(results);
    }

    /** How many there are of what the data consists of. */
    Map<String, Integer> sizes() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        if (data instanceof Data.Retrieval retrieval) {
            sizes.put("queries", retrieval.queries().size());
            sizes.put("documents", retrieval.documents().size());
        } else if (data instanceof Data.Graded graded) {
            sizes.put("pairs", graded.labels().length);
        } else if (data instanceof Data.Labelled labelled) {
            sizes.put(
                    "texts", labelled.asked().orElse(labelled.learned()).texts().size());
            sizes.put("classes", labelled.classes().size());
        } else if (data instanceof Data.Texts texts) {
            sizes.put("texts", texts.texts().size());
        }
        return sizes;
    }

    /** Such as {@code banking77: 3,080 queries, 1,540 documents}. */
    String title() {
        return sizes().entrySet().stream()
                .map(size -> String.format(Locale.ROOT, "%,d %s", size.getValue(), size.getKey()))
                .collect(Collectors.joining(", ", data.name() + ": ", ""));
    }

    /** What was left out of the data, and texts that a model has no vector for. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (data instanceof Data.Retrieval retrieval) {
            notes.addAll(retrieval.notes());
        }
        results.stream()
                .filter(result -> result.refused() > 0)
                .map(result -> result.model() + " has no vector for " + result.refused()
                        + " of the texts; they are taken to be like nothing")
                .forEach(notes::add);
        return notes;
    }

    /** Every figure that a model has, in order. */
    List<String> figures() {
        return results.stream()
                .flatMap(result -> result.figures().keySet().stream())
                .distinct()
                .toList();
    }
}
