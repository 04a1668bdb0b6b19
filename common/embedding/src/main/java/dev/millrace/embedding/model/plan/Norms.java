package dev.millrace.embedding.model.plan;

import java.util.Map;
import java.util.Optional;

/** Where a layer normalizes. */
public sealed interface Norms {
    /** The norms by their places in a layer. */
    Map<Place, Part> parts();

    /** What residual and attention, or feed-forward network, give together (Vaswani et al. 2017). */
    record After(Part attention, Part forward) implements Norms {
        @Override
        public Map<Place, Part> parts() {
            return Map.of(Place.ATTENTION_NORM, attention, Place.FORWARD_NORM, forward);
        }
    }

    /**
     * What goes into attention and feed-forward network (Xiong et al. 2020); the residual stays as it is.
     *
     * @param attention empty where the layer below has normalized already
     */
    record Before(Optional<Part> attention, Part forward) implements Norms {
        @Override
        public Map<Place, Part> parts() {
            return attention
                    .map(norm -> Map.of(Place.ATTENTION_NORM, norm, Place.FORWARD_NORM, forward))
                    .orElse(Map.of(Place.FORWARD_NORM, forward));
        }
    }

    /** What goes into attention and feed-forward network, and what comes out of them before it is added (Gemma 2, 2024). */
    record Around(Part attention, Part attended, Part forward, Part outer) implements Norms {
        @Override
        public Map<Place, Part> parts() {
            return Map.of(
                    Place.ATTENTION_NORM, attention,
                    Place.ATTENDED_NORM, attended,
                    Place.FORWARD_NORM, forward,
                    Place.OUTER_NORM, outer);
        }
    }
}
