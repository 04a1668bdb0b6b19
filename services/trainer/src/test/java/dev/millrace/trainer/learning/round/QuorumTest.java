package dev.millrace.trainer.learning.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuorumTest {
    private static final Quorum HALF = new Quorum(.5, Duration.ofSeconds(10), Duration.ofSeconds(60));
    private static final Set<String> FOUR = Set.of("a", "b", "c", "d");

    private static Instant at(int second) {
        return Instant.EPOCH.plusSeconds(second);
    }

    private static Timing waitUntil(int second) {
        return new Timing.Wait(Optional.of(at(second)));
    }

    @Test
    void oneTrainerWaitsForNobody() {
        // When
        Timing timing = HALF.at(at(5), Set.of("a"), Map.of("a", at(5)));

        // Then
        assertThat(timing).isEqualTo(new Timing.Merge());
    }

    @Test
    void nothingIsMergedBeforeAnythingCame() {
        // When
        Timing timing = HALF.at(at(5), FOUR, Map.of());

        // Then
        assertThat(timing).isEqualTo(new Timing.Wait(Optional.empty()));
    }

    @Test
    void onceEnoughHaveComeTheOthersHaveAGrace() {
        // Given
        Map<String, Instant> come = Map.of("a", at(1), "c", at(8));

        // When
        Timing before = HALF.at(at(17), FOUR, come);

        // Then
        assertThat(before).isEqualTo(waitUntil(18));
        assertThat(HALF.at(at(18), FOUR, come)).isEqualTo(new Timing.Merge());
    }

    @Test
    void whoComesInTheGraceDoesNotProlongIt() {
        // When
        Timing timing = HALF.at(at(17), FOUR, Map.of("a", at(1), "c", at(8), "b", at(16)));

        // Then
        assertThat(timing).isEqualTo(waitUntil(18));
    }

    @Test
    void whenAllHaveComeItIsMergedAtOnce() {
        // When
        Timing timing = HALF.at(at(9), FOUR, Map.of("a", at(1), "c", at(8), "b", at(9), "d", at(9)));

        // Then
        assertThat(timing).isEqualTo(new Timing.Merge());
    }

    @Test
    void aRoundWithoutAQuorumEndsAtItsDeadline() {
        // Given
        Map<String, Instant> come = Map.of("a", at(1));

        // When
        Timing timing = HALF.at(at(50), FOUR, come);

        // Then
        assertThat(timing).isEqualTo(waitUntil(61));
        assertThat(HALF.at(at(61), FOUR, come)).isEqualTo(new Timing.Merge());
    }

    @Test
    void aGraceEndsAtTheDeadline() {
        // When
        Timing timing = HALF.at(at(58), FOUR, Map.of("a", at(1), "b", at(57)));

        // Then
        assertThat(timing).isEqualTo(waitUntil(61));
    }

    @Test
    void whoHasLeftIsNotWaitedForAndWhoIsNotExpectedMakesNoQuorum() {
        // When
        Timing left = HALF.at(at(9), Set.of("a", "c"), Map.of("a", at(1), "c", at(8)));
        Timing strangers = HALF.at(at(30), FOUR, Map.of("x", at(2), "y", at(3)));

        // Then
        assertThat(left).isEqualTo(new Timing.Merge());
        assertThat(strangers).isEqualTo(waitUntil(62));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 2", "1.1, 1, 2", "NaN, 1, 2", ".5, -1, 2", ".5, 3, 2"})
    void settingsOutOfRangeAreRefused(double share, int grace, int deadline) {
        assertThatThrownBy(() -> new Quorum(share, Duration.ofSeconds(grace), Duration.ofSeconds(deadline)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
