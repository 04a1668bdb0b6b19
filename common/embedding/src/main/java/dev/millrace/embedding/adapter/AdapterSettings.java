package dev.millrace.embedding.adapter;

import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.model.plan.Part;
import dev.millrace.embedding.model.plan.Place;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * What learns of an encoder whose own weights stay as they are.
 *
 * @param method what is added to them
 * @param rank columns of B [outputs, rank] and rows of A [rank, inputs], 1 to 4096
 * @param alpha the product counts alpha / rank times, above 0
 * @param targets which matrices of a layer have one; where a family has query, key and value as one matrix, all three mean it
 * @param seed of the numbers that A begins with; B begins with zeros
 */
public record AdapterSettings(AdapterMethod method, int rank, double alpha, Set<Place> targets, long seed) {
    private static final int MOST = 4096;
    private static final Set<Place> MATRICES =
            EnumSet.of(Place.QUERY, Place.KEY, Place.VALUE, Place.ATTENDED, Place.INNER, Place.OUTER, Place.GATE);

    /** Checks the ranges. */
    public AdapterSettings {
        if (rank < 1 || rank > MOST) {
            throw new IllegalArgumentException("an adapter's rank must lie in 1 .. " + MOST + ", not " + rank);
        }
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("an adapter's alpha must be above 0, not " + alpha);
        }
        if (targets.isEmpty() || !MATRICES.containsAll(targets)) {
            throw new IllegalArgumentException("an adapter's targets must be of " + keys() + ", not " + targets);
        }
        targets = EnumSet.copyOf(targets);
    }

    /** The names of what may be a target: the matrices of a layer. */
    public static Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        MATRICES.forEach(place -> keys.add(place.name().toLowerCase(Locale.ROOT)));
        return keys;
    }

    /**
     * What this comes to with a model.
     *
     * @param frozenLayers how many of the lowest layers have none
     * @throws IllegalArgumentException when the model has no such matrix
     */
    AdapterDescription describe(ModelConfig model, int frozenLayers) {
        List<String> modules = new ArrayList<>();
        for (int layer = frozenLayers; layer < model.layers(); layer++) {
            Map<Place, Part> parts = model.plan().parts(layer);
            targets.stream()
                    .map(target -> place(target, parts))
                    .distinct()
                    .map(place -> Optional.ofNullable(parts.get(place))
                            .orElseThrow(() -> new IllegalArgumentException("an adapter's target "
                                    + place.name().toLowerCase(Locale.ROOT) + " is no part of a " + model.type())))
                    .forEach(part -> modules.add(part.name()));
        }
        return new AdapterDescription(method, rank, alpha, modules);
    }

    private static Place place(Place target, Map<Place, Part> parts) {
        boolean packed = !parts.containsKey(Place.KEY);
        return packed && (target == Place.KEY || target == Place.VALUE) ? Place.QUERY : target;
    }

    /** Where what A begins with comes from. */
    SplittableRandom random() {
        return new SplittableRandom(seed);
    }
}
