package dev.millrace.embedding.model.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The layers above the embeddings; norms and feed-forward networks are of one kind in all of them.
 *
 * @param place before the names of a layer's parts, with {@code %d} for its number
 * @param layers from the lowest on
 * @param relative [buckets, heads] the bias of T5 (Raffel et al. 2020) that all layers add to their attention, where there is one
 * @param top norm of what leaves the top layer, where there is one
 */
public record Stack(String place, List<Layer> layers, Optional<Part> relative, Optional<Part> top) {
    /** Nothing above the embeddings. */
    public static final Stack NONE = new Stack("", List.of(), Optional.empty(), Optional.empty());

    /** Checks that the layers are of one kind. */
    public Stack {
        layers = List.copyOf(layers);
        if (layers.stream().map(Stack::kind).distinct().count() > 1) {
            throw new IllegalArgumentException("layers must all be of one kind");
        }
    }

    /** What the script takes to be the same in all layers. */
    private static List<Object> kind(Layer layer) {
        return List.of(
                layer.attention().projection().getClass(),
                layer.attention().headNorms().isPresent(),
                layer.forward().getClass(),
                layer.norms().getClass());
    }

    /** So many layers, each by its number. */
    public static Stack of(String place, int count, IntFunction<Layer> layer) {
        List<Layer> layers = IntStream.range(0, count).mapToObj(layer).toList();
        return new Stack(place, layers, Optional.empty(), Optional.empty());
    }

    /** The same with one bias of positions for all layers. */
    public Stack with(Part bias) {
        return new Stack(place, layers, Optional.of(bias), top);
    }

    /** The same with a norm above. */
    public Stack under(Part norm) {
        return new Stack(place, layers, relative, Optional.of(norm));
    }
}
