package dev.millrace.attribution.join.topology;

import static dev.millrace.attribution.join.topology.JoinRig.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryBoundTest {
    private static final int IMPRESSION_BYTES = 700;

    @Test
    void theEarliestEndBeforeTheirTimeWithTheClicksTheyHaveWhenTheBytesAreTooMany() {
        try (JoinRig rig = new JoinRig(1000, 10 * IMPRESSION_BYTES)) {
            // Given
            rig.show("i0", 0);
            rig.click("i0", "d2", 1);

            // When
            for (int i = 1; i < 50; i++) {
                rig.show("i" + i, 1 + i);
            }

            // Then
            assertThat(rig.pairIds()).containsExactly("click:i0:d2");
            assertThat(rig.count("closed.early")).isBetween(35.0, 45.0);
            assertThat(rig.stored()).isLessThan(40);
        }
    }

    @Test
    void whatHasLeftIsNotCountedAnyMore() {
        try (JoinRig rig = new JoinRig(1000, 10 * IMPRESSION_BYTES)) {
            // Given
            for (int i = 0; i < 8; i++) {
                rig.show("i" + i, i);
                rig.click("i" + i, "d1", i);
            }
            rig.timeIs(JoinRig.WINDOW + TICK.toMillis());
            final double before = rig.count("closed.early");

            // When
            for (int i = 0; i < 8; i++) {
                rig.show("j" + i, JoinRig.WINDOW + TICK.toMillis() + i);
            }

            // Then
            assertThat(rig.count("closed.early")).isEqualTo(before);
        }
    }
}
