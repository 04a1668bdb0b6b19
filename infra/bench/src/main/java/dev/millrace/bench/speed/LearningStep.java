package dev.millrace.bench.speed;

import dev.millrace.devstack.demo.data.Example;
import dev.millrace.embedding.objective.batch.BatchTexts;
import dev.millrace.embedding.objective.batch.ContrastiveExample;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.Side;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.text.TextTokenizer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * One step as every contender is told it; the names are those of the file that Python reads.
 *
 * @param texts u distinct texts
 * @param anchors n indexes of texts
 * @param positives n indexes of texts
 * @param candidates for each anchor the indexes it is compared with, its positive among them
 * @param rate AdamW's learning rate
 */
public record LearningStep(
        List<String> texts,
        List<Integer> anchors,
        List<Integer> positives,
        List<List<Integer>> candidates,
        double rate) {
    public LearningStep {
        texts = List.copyOf(texts);
        anchors = List.copyOf(anchors);
        positives = List.copyOf(positives);
        candidates = List.copyOf(candidates);
    }

    /** The examples as the trainer would learn them. */
    public static LearningStep of(List<Example> examples, double rate) {
        BatchTexts batch = BatchTexts.of(examples.stream().map(Labeled::of).toList());
        List<Row> rows = batch.roles().rows(Side.ANCHORS);
        return new LearningStep(
                batch.texts(),
                rows.stream().map(Row::text).toList(),
                rows.stream().map(Row::positive).toList(),
                rows.stream()
                        .map(anchor -> anchor.candidates().stream().boxed().toList())
                        .toList(),
                rate);
    }

    private record Labeled(
            String anchor, Optional<String> second, List<String> negatives, Optional<String> group, double weight)
            implements ContrastiveExample {
        @Override
        public OptionalDouble label() {
            return OptionalDouble.empty();
        }

        static Labeled of(Example example) {
            return new Labeled(
                    example.query(), Optional.of(example.document()), example.negatives(), example.group(), 1);
        }
    }

    public TrainingBatch batch(TextTokenizer tokenizer) {
        return TrainingBatch.ofRows(
                tokenizer.tokenize(texts),
                IntStream.range(0, anchors.size()).mapToObj(this::anchor).toList());
    }

    private Row anchor(int index) {
        BitSet compared = new BitSet();
        candidates.get(index).forEach(compared::set);
        return new Row(anchors.get(index), positives.get(index), compared, 1);
    }
}
