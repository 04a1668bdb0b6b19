package dev.millrace.attribution.join.topology;

import static dev.millrace.attribution.join.topology.JoinRig.START;
import static dev.millrace.attribution.join.topology.JoinRig.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.record.Click;
import dev.millrace.events.record.Pair;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of clicks and impressions, in pairs and in counters. */
class FatesTest {
    private final JoinRig rig = new JoinRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void clicksWaitForTheirImpression() {
        // Given
        rig.click("i1", "d2", 0);
        rig.click("i1", "d4", 100);
        rig.show("i1", 6_000);
        rig.timeIs(WINDOW + 2_000);
        assertThat(rig.pairs()).as("the impression's own window counts").isEmpty();

        // When
        rig.timeIs(6_000 + WINDOW + 2_000);

        // Then
        assertThat(rig.pairIds()).containsExactly("click:i1:d2", "click:i1:d4");
    }

    @Test
    void clicksWithoutAnImpressionExpire() {
        // Given
        rig.click("lost", "d1", 0);
        rig.click("lost", "d2", 100);

        // When
        rig.impressionsRead(WINDOW + 1);

        // Then
        assertThat(rig.unusedClicks("orphaned")).isEqualTo(2);
        assertThat(rig.stored()).as("the impression and its deadline").isEqualTo(2);
    }

    @Test
    void anImpressionWithoutClicksMakesNothing() {
        // Given
        rig.show("i1", 0);

        // When
        rig.silence(16);

        // Then
        assertThat(rig.pairs()).isEmpty();
        assertThat(rig.impressions("without_clicks")).isEqualTo(1);
        assertThat(rig.stored()).isZero();
    }

    @Test
    void whatIsRepeatedCountsOnce() {
        // Given
        rig.show("i1", 0);
        rig.show("i1", 1_000);
        rig.click("i1", "d2", 1_500);
        rig.click("i1", "d2", 1_600);

        // When
        rig.timeIs(2 * WINDOW);

        // Then
        assertThat(rig.pairIds()).containsExactly("click:i1:d2");
        assertThat(rig.impressions("repeated")).isEqualTo(1);
        assertThat(rig.unusedClicks("repeated")).isEqualTo(1);
    }

    @Test
    void aShortVisitBeforeALongOneDoesNotHideIt() {
        // Given
        rig.show("i1", 0);
        rig.click(new Click("i1", "d2", OptionalLong.of(10), START), 1_000);
        rig.click(new Click("i1", "d2", OptionalLong.of(5_000), START.plusSeconds(3)), 2_000);

        // When
        rig.timeIs(2 * WINDOW);

        // Then
        assertThat(rig.pairs()).extracting(Pair::ts).containsExactly(START.plusSeconds(3));
    }

    @Test
    void aClickOnWhatWasNotShownIsCounted() {
        // Given
        rig.show("i1", 0);

        // When
        rig.click("i1", "elsewhere", 100);

        // Then
        assertThat(rig.unusedClicks("stray")).isEqualTo(1);
    }

    @Test
    void clicksThatWaitForNobodyAreBounded() {
        // When
        IntStream.range(0, 230).forEach(i -> rig.click("i1", "d" + i, i));

        // Then
        assertThat(rig.unusedClicks("overflowing")).isEqualTo(30);
        assertThat(rig.stored()).as("200 clicks and one deadline").isEqualTo(201);
    }
}
