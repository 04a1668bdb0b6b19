package dev.millrace.embedding.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.model.plan.Embeddings;
import dev.millrace.embedding.model.plan.NetworkPlan;
import dev.millrace.embedding.model.plan.Part;
import dev.millrace.embedding.model.plan.Place;
import dev.millrace.embedding.model.plan.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A network's parameters as {@code encoder.torchscript} takes them: every one at a fixed place, and an empty array in those that the
 * plan leaves empty. Five for the embeddings (words, positions, types, the norm's weight and bias), two for each {@link Place} of a
 * layer, and the relative bias.
 */
final class ScriptWeights {
    private final NDArray nothing;
    private final Map<String, Integer> index = new HashMap<>();
    private final List<Optional<Weight>> embeddings = new ArrayList<>();
    private final List<List<Optional<Weight>>> layers = new ArrayList<>();
    private final Optional<Weight> relative;

    /** {@code manager} keeps the empty array. */
    ScriptWeights(PtNDManager manager, NetworkPlan plan) {
        nothing = manager.create(new Shape(0));
        plan.weights().forEach(weight -> index.put(weight.name(), index.size()));
        Embeddings below = plan.embeddings();
        embeddings.add(Optional.of(below.words().weight()));
        embeddings.add(below.positions().map(positions -> positions.table().weight()));
        embeddings.add(below.types().map(Part::weight));
        embeddings.addAll(both(below.norm()));
        for (int layer = 0; layer < plan.layers(); layer++) {
            Map<Place, Part> parts = plan.parts(layer);
            layers.add(Stream.of(Place.values())
                    .flatMap(place -> both(Optional.ofNullable(parts.get(place))).stream())
                    .toList());
        }
        relative = plan.stack().relative().map(Part::weight);
    }

    private static List<Optional<Weight>> both(Optional<Part> part) {
        return List.of(part.map(Part::weight), part.flatMap(Part::bias));
    }

    /** All that the script takes, of parameters in the plan's order. */
    NDList all(NDList parameters) {
        return of(
                parameters,
                Stream.of(embeddings.stream(), layers.stream().flatMap(List::stream), Stream.of(relative))
                        .flatMap(part -> part));
    }

    NDList embeddings(NDList parameters) {
        return of(parameters, embeddings.stream());
    }

    /** A layer's, and the relative bias. */
    NDList layer(NDList parameters, int layer) {
        return of(parameters, Stream.concat(layers.get(layer).stream(), Stream.of(relative)));
    }

    private NDList of(NDList parameters, Stream<Optional<Weight>> places) {
        NDList list = new NDList();
        places.forEach(place -> list.add(
                place.map(weight -> parameters.get(index.get(weight.name()))).orElse(nothing)));
        return list;
    }
}
