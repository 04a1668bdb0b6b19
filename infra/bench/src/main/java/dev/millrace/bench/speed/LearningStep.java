package dev.millrace.bench.speed;

import dev.millrace.devstack.demo.data.Example;
import dev.millrace.embedding.objective.BatchTexts;
import dev.millrace.embedding.objective.ContrastiveBatch;
import dev.millrace.embedding.objective.ContrastiveExample;
import dev.millrace.embedding.text.TextTokenizer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
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
        return new LearningStep(
                batch.texts(),
                batch.anchors().stream().map(ContrastiveBatch.Anchor::text).toList(),
                batch.anchors().stream().map(ContrastiveBatch.Anchor::positive).toList(),
                batch.anchors().stream()
                        .map(anchor -> anchor.candidates().stream().boxed().toList())
                        .toList(),
                rate);
    }

    private record Labeled(
            String anchor, Optional<String> positive, List<String> negatives, Optional<String> group, double weight)
            implements ContrastiveExample {
        static Labeled of(Example example) {
            return new Labeled(
                    example.query(), Optional.of(example.document()), example.negatives(), example.group(), 1);
        }
    }

    public ContrastiveBatch batch(TextTokenizer tokenizer) {
        return new ContrastiveBatch(
                tokenizer.tokenize(texts),
                IntStream.range(0, anchors.size()).mapToObj(this::anchor).toList());
    }

    private ContrastiveBatch.Anchor anchor(int index) {
        BitSet compared = new BitSet();
        candidates.get(index).forEach(compared::set);
        return new ContrastiveBatch.Anchor(anchors.get(index), positives.get(index), compared, 1);
    }
}
