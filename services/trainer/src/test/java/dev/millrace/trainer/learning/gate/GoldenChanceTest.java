package dev.millrace.trainer.learning.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Against scipy: gate.py writes the numbers. */
class GoldenChanceTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void whatChanceLosesIsWhatScipySays() throws IOException {
        // Given
        JsonNode losses = golden().path("losses");

        // When
        double[] chances = StreamSupport.stream(losses.spliterator(), false)
                .mapToDouble(loss -> new ChanceFlips(
                                loss.path("pairs").asInt(), loss.path("flipped").asDouble())
                        .losing(loss.path("lost").asInt()))
                .toArray();

        // Then
        assertThat(chances)
                .hasSizeGreaterThan(20)
                .containsExactly(
                        StreamSupport.stream(losses.spliterator(), false)
                                .mapToDouble(loss -> loss.path("chance").asDouble())
                                .toArray(),
                        offset(1e-12));
    }

    @Test
    void whatIsFoundIsWhatScipyFinds() throws IOException {
        // Given
        JsonNode sets = golden().path("discoveries");

        for (JsonNode set : sets) {
            double[] chances = JSON.convertValue(set.path("chances"), double[].class);

            // When
            double level = FalseDiscoveries.level(chances, set.path("rate").asDouble());

            // Then
            int[] found = IntStream.range(0, chances.length)
                    .filter(i -> chances[i] <= level)
                    .toArray();
            assertThat(found).isEqualTo(JSON.convertValue(set.path("found"), int[].class));
        }
        assertThat(sets).hasSizeGreaterThan(10);
    }

    @Property
    void chanceExplainsALossUpToTheFirstThatIsTooRare(
            @ForAll @IntRange(min = 1, max = 200) int pairs,
            @ForAll @IntRange(min = 1, max = 500) int flippedOfThousand,
            @ForAll @IntRange(min = 1, max = 4000) int rareOfTenThousand) {
        // Given
        ChanceFlips chance = new ChanceFlips(pairs, flippedOfThousand / 1000.0);
        double rare = rareOfTenThousand / 10_000.0;

        // When
        int explained = chance.explained(rare);

        // Then
        assertThat(chance.losing(explained + 1)).isLessThanOrEqualTo(rare);
        assertThat(explained == 0 || chance.losing(explained) > rare).isTrue();
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = GoldenChanceTest.class.getResourceAsStream("/golden/gate.json")) {
            return JSON.readTree(in);
        }
    }
}
