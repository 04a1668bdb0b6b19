package dev.millrace.embedding.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CalibrationTest {

    @Test
    void bf16IsNeverChosenWhereTheProcessorLacksIt() {
        // When
        Calibration calibration = Calibration.measure(false);

        // Then
        assertThat(calibration.bf16()).isFalse();
    }

    @Test
    void theSameProcessorGivesTheSameChoice() {
        // Given
        Calibration first = Calibration.ofCpu();

        // When
        Calibration again = Calibration.measure(Precision.processorHasBf16());

        // Then
        assertThat(again).isEqualTo(first);
    }
}
