package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.train.gradient.VocabularyRows;
import java.util.List;

/**
 * Gradients as PyTorch's autograd gave them: of each parameter the norm, and the largest value with its place.
 *
 * @param byName what the generator script wrote
 * @param rows of the word table that the batch touches: only their gradient is there
 */
record GoldenGradients(JsonNode byName, VocabularyRows rows, ModelConfig config) {

    void assertEqualTo(NDList gradients) {
        assertEqualTo(gradients, config.parameters());
    }

    /** By the names that the script has for the gradients, in their order. */
    void assertEqualTo(NDList gradients, List<String> names) {
        assertThat(names).hasSize(byName.size());
        for (int i = 0; i < names.size(); i++) {
            JsonNode expected = byName.path(names.get(i));
            long place = expected.path("place").asLong();
            assertThat((double) value(gradients.get(i), i == 0 ? placeAmongRows(place) : place))
                    .as(names.get(i))
                    .isCloseTo(expected.path("value").asDouble(), within(1e-5));
            assertThat((double) norm(gradients.get(i)))
                    .as("norm of " + names.get(i))
                    .isCloseTo(expected.path("norm").asDouble(), within(1e-5));
        }
    }

    private long placeAmongRows(long place) {
        int id = Math.toIntExact(place / config.hidden());
        return (long) rows.row(id) * config.hidden() + place % config.hidden();
    }

    private static float value(NDArray array, long place) {
        try (NDArray flat = array.flatten()) {
            return flat.getFloat(place);
        }
    }

    private static float norm(NDArray array) {
        try (NDArray norm = array.norm()) {
            return norm.getFloat();
        }
    }
}
