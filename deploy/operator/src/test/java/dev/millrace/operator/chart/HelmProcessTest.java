package dev.millrace.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.operator.Encoders;
import dev.millrace.operator.condition.TroubleException;
import org.junit.jupiter.api.Test;

final class HelmProcessTest {
    @Test
    void aProcessOfItsOwnRendersTheSame() {
        // Given
        final ObjectNode values = ChartValues.of(Encoders.smallest().getSpec(), 1);
        final Chart own = Chart.own("1.30");

        // When
        final var objects = own.render("mill", "shop", values);

        // Then
        assertThat(objects).isEqualTo(Chart.inThisProcess("1.30").render("mill", "shop", values));
    }

    @Test
    void aRefusalIsToldInTheSameWords() {
        // Given
        final ObjectNode values = ChartValues.of(Encoders.spec("{stream: {bootstrapServers: ''}}"), 1);
        final Chart own = Chart.own("1.30");

        // When
        final Throwable refusal = catchThrowable(() -> own.render("mill", "shop", values));

        // Then
        assertThat(refusal)
                .isInstanceOf(TroubleException.class)
                .hasMessage("InvalidSpec: spec.stream.bootstrapServers is required:"
                        + " host:port of the given Kafka, comma separated");
    }
}
