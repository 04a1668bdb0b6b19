package dev.millrace.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EncoderStatusTest {
    private final KubernetesSerialization written = new KubernetesSerialization();

    @Test
    void whatNobodyKnowsIsAbsent() {
        // Given
        final EncoderStatus status = EncoderStatus.blank();

        // When
        final JsonNode json = written.convertValue(status, JsonNode.class);

        // Then: an empty object would take figures away that were there and leave a null, which the API server refuses
        assertThat(json.has("backlog")).isFalse();
        assertThat(json.has("quality")).isFalse();
        assertThat(json.at("/trainers/replicas").asInt(-1)).isZero();
    }

    @Test
    void oneFigureIsEnoughToBeWritten() {
        // Given
        final EncoderStatus status = new EncoderStatus(
                1,
                new QualityStatus("v000001-ab", null, null, null),
                new BacklogStatus(0L, 0L, 0),
                TrainersStatus.none(),
                "",
                List.of(),
                List.of());

        // When
        final JsonNode json = written.convertValue(status, JsonNode.class);

        // Then
        assertThat(json.at("/quality/servedVersion").asText()).isEqualTo("v000001-ab");
        assertThat(json.at("/backlog/records").asInt(-1)).isZero();
    }
}
