package dev.millrace.embedding.train.gradient;

import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.text.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of the word embedding table that a batch touches. Only they take part in the graph: the gradient of the whole
 * table would be some tens of megabytes of zeros, allocated, filled and read again in every step.
 *
 * @param ids the vocabulary ids of the batch, each once, ascending
 */
public record VocabularyRows(int[] ids) {
    /** Those of these texts. */
    public static VocabularyRows of(List<Tokens> texts) {
        return new VocabularyRows(texts.stream()
                .flatMapToInt(text -> Arrays.stream(text.ids()))
                .sorted()
                .distinct()
                .toArray());
    }

    /** All rows: where words are compared with every word, each takes part. */
    public static VocabularyRows all(int vocabulary) {
        return new VocabularyRows(IntStream.range(0, vocabulary).toArray());
    }

    /** The batch with ids that count these rows instead of the table's. */
    public TrainingBatch renumber(TrainingBatch batch) {
        return batch.withTokens(batch.texts().stream().map(this::renumber).toList());
    }

    private Tokens renumber(Tokens text) {
        int[] rows = new int[text.length()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(text.ids()[i]);
        }
        return text.with(rows);
    }

    /** Which row holds this id of the batch. */
    public int row(int id) {
        return Arrays.binarySearch(ids, id);
    }

    /** The ids. */
    public long[] asLongs() {
        return Arrays.stream(ids).asLongStream().toArray();
    }
}
