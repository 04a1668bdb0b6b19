package dev.millrace.embedding.optim.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.millrace.embedding.torch.TorchModule;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The weights that learn.
 *
 * @param names as files name them
 * @param arrays under those names, in this order
 * @param averaged how many of them, from the first on, are averaged and published; behind those are an objective's own
 * @param wordTable whether the first is the table of word embeddings, whose gradient comes as the rows that a batch touches
 */
public record LearnedWeights(List<String> names, NDList arrays, int averaged, boolean wordTable) {
    public LearnedWeights {
        names = List.copyOf(names);
    }

    NDArray array(int index) {
        return arrays.get(index);
    }

    /** Biases, LayerNorm and other vectors do not decay. */
    boolean decays(int index) {
        return isMatrix(index);
    }

    /** Whether it has more than one dimension. */
    public boolean isMatrix(int index) {
        return arrays.get(index).getShape().dimension() > 1;
    }

    /** The chosen weights and their gradients, as scripts take them: {@code w[]}, {@code g[]}. */
    NDList arguments(Gradients gradients, List<Integer> chosen) {
        NDList arguments = TorchModule.named("w[]", chosen, arrays);
        arguments.addAll(TorchModule.named("g[]", chosen, gradients.arrays()));
        return arguments;
    }

    /** The indices of those that are asked for, ascending. */
    List<Integer> where(IntPredicate asked) {
        return IntStream.range(0, names.size()).filter(asked).boxed().toList();
    }
}
