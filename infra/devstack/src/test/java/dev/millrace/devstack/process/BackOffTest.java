package dev.millrace.devstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private final BackOff backOff = new BackOff(Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofSeconds(30));

    @Test
    void doublesFromTheFirstPause() {
        // When
        Duration third = backOff.pause(3);

        // Then
        assertThat(third).isEqualTo(Duration.ofSeconds(2));
    }

    @Property
    void staysBetweenFirstAndCapAndNeverShrinks(@ForAll @IntRange(min = 1, max = 1_000_000) int deaths) {
        // When
        Duration pause = backOff.pause(deaths);

        // Then
        assertThat(pause).isBetween(backOff.first(), backOff.cap()).isLessThanOrEqualTo(backOff.pause(deaths + 1));
    }

    @Test
    void aHealthyRunForgivesEarlierDeaths() {
        // When
        int deaths = backOff.deathsInARow(7, Duration.ofSeconds(30));

        // Then
        assertThat(deaths).isEqualTo(1);
    }
}
