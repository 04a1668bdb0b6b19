package dev.millrace.evaluate.measure;

import dev.millrace.embedding.model.InputType;
import dev.millrace.evaluate.data.Data;
import dev.millrace.evaluate.data.Data.Labels;
import dev.millrace.evaluation.geometry.Alignment;
import dev.millrace.evaluation.geometry.RepeatedWords;
import dev.millrace.evaluation.geometry.Uniformity;
import dev.millrace.evaluation.graded.GradedFigures;
import dev.millrace.evaluation.probe.LinearProbe;
import dev.millrace.evaluation.probe.LinearProbe.Labelled;
import dev.millrace.evaluation.probe.Parts;
import dev.millrace.evaluation.probe.ProbeFigures;
import dev.millrace.evaluation.retrieval.Retrieval;
import dev.millrace.evaluation.retrieval.RetrievalFigures;
import dev.millrace.evaluation.vectors.VectorTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Figures of one model, by the kind of data; only what is searched for has roles, all other texts are texts. */
final class Figures {
    /** Parts of a cross validation. */
    private static final int PARTS = 5;

    private final EncodedTexts encoded;
    private final Telling telling;
    final Map<String, Double> byName = new LinkedHashMap<>();
    final List<Integer> counts = new ArrayList<>();

    private Figures(EncodedTexts encoded, Telling telling) {
        this.encoded = encoded;
        this.telling = telling;
    }

    static Figures of(Data data, EncodedTexts encoded, Telling telling) {
        Figures figures = new Figures(encoded, telling);
        if (data instanceof Data.Retrieval asked) {
            figures.retrieval(asked);
        } else if (data instanceof Data.Graded pairs) {
            figures.graded(pairs);
        } else if (data instanceof Data.Labelled texts) {
            figures.labelled(texts);
        } else if (data instanceof Data.Texts texts) {
            figures.geometry(texts);
        }
        return figures;
    }

    private void retrieval(Data.Retrieval asked) {
        VectorTable documents = encoded.table(InputType.DOCUMENT, asked.documents());
        RetrievalFigures found = RetrievalFigures.of(Retrieval.of(
                asked.questions(),
                encoded.table(InputType.QUERY, asked.queries()),
                documents,
                telling.of("compared", documents.size())));
        for (int k = 1; k <= RetrievalFigures.DEPTH; k++) {
            byName.put("hit@" + k, found.hitAt(k));
        }
        byName.put("noMatch", found.noMatch());
        byName.put("mrr", found.mrr());
        byName.put("ndcg@10", found.ndcgAt10());
        counts.addAll(found.top());
        counts.add(found.unmatched());
    }

    private void graded(Data.Graded pairs) {
        GradedFigures found = GradedFigures.of(
                encoded.table(InputType.UNSAID, pairs.left()),
                encoded.table(InputType.UNSAID, pairs.right()),
                pairs.labels());
        put("spearman", found.spearman());
        put("pearson", found.pearson());
    }

    private void labelled(Data.Labelled texts) {
        Labelled learned = labelled(texts.learned());
        int classes = texts.classes().size();
        ProbeFigures found = texts.asked()
                .map(asked -> LinearProbe.of(learned, labelled(asked), classes))
                .orElseGet(() -> LinearProbe.crossValidated(
                        learned, Parts.of(texts.learned().texts(), learned.labels(), PARTS), PARTS, classes));
        byName.put("accuracy", found.accuracy());
        byName.put("macroF1", found.macroF1());
    }

    private Labelled labelled(Labels labels) {
        return new Labelled(encoded.table(InputType.UNSAID, labels.texts()), labels.labels());
    }

    private void geometry(Data.Texts texts) {
        VectorTable table = encoded.table(InputType.UNSAID, texts.texts());
        List<String> views = texts.texts().stream().map(RepeatedWords::of).toList();
        put("alignment", Alignment.of(table, encoded.table(InputType.UNSAID, views)));
        put("uniformity", Uniformity.of(table));
        put("meanCosine", Uniformity.meanCosine(table));
    }

    private void put(String name, OptionalDouble figure) {
        figure.ifPresent(value -> byName.put(name, value));
    }
}
