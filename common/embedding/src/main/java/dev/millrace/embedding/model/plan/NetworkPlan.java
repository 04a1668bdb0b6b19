package dev.millrace.embedding.model.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A network, described: all that is known of a family besides its weights. From it come parameters' names, order and shapes, what is
 * frozen, which bytes dropout takes, what {@code encoder.torchscript} computes, and whether the kernels do.
 *
 * @param widths its sizes
 * @param formulas what all layers compute alike
 * @param embeddings below the layers
 * @param stack the layers
 */
public record NetworkPlan(Widths widths, Formulas formulas, Embeddings embeddings, Stack stack) {
    /** All parameters: the embeddings', what all layers share, layer after layer. */
    public List<Weight> weights() {
        List<Weight> weights = new ArrayList<>(of(below()));
        for (int layer = 0; layer < layers(); layer++) {
            weights.addAll(of(parts(layer).values().stream()));
        }
        return weights;
    }

    /** How many layers there are. */
    public int layers() {
        return stack.layers().size();
    }

    /** A layer's parts in the order of their parameters. The norm above all layers is the top one's: it is what leaves it. */
    public Map<Place, Part> parts(int layer) {
        Map<Place, Part> parts = stack.layers().get(layer).parts();
        parts.replaceAll((place, part) -> part.under(stack.place().formatted(layer)));
        if (layer == layers() - 1) {
            stack.top().ifPresent(norm -> parts.put(Place.TOP_NORM, norm));
        }
        return parts;
    }

    /**
     * How many of the parameters belong to the embeddings (depth 1) and the layers above them. What all layers share stays with the
     * lowest: a frozen layer computes what it did.
     */
    public int below(int depth) {
        if (depth < 2) {
            return depth * of(embeddings.parts().stream()).size();
        }
        int count = of(below()).size();
        for (int layer = 0; layer < depth - 1; layer++) {
            count += of(parts(layer).values().stream()).size();
        }
        return count;
    }

    private Stream<Part> below() {
        return Stream.concat(embeddings.parts().stream(), stack.relative().stream());
    }

    private static List<Weight> of(Stream<Part> parts) {
        return parts.flatMap(part -> Stream.concat(Stream.of(part.weight()), part.bias().stream()))
                .toList();
    }
}
