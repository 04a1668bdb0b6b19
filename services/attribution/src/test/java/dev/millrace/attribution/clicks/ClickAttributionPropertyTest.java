package dev.millrace.attribution.clicks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Small alphabets on purpose: repeated texts, documents, positions and times are where it can go wrong. */
class ClickAttributionPropertyTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @Property(tries = 500)
    void weightsAreFiniteAndWithinTheirBounds(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0, max = 4) double eta,
            @ForAll @DoubleRange(min = 0.01, max = 100) double maxWeight) {
        // Given
        final Random random = new Random(seed);
        final AttributionRules rules = new AttributionRules(200, 16, eta, maxWeight, Duration.ZERO);

        // When
        final List<Pair> pairs = attribute(rules, impression(random), clicks(random));

        // Then
        assertThat(pairs)
                .allSatisfy(pair ->
                        assertThat(pair.weight()).isFinite().isPositive().isLessThanOrEqualTo(maxWeight));
    }

    @Property(tries = 500)
    void negativesWereShownAndAreNeverPositive(@ForAll long seed, @ForAll @IntRange(max = 16) int maxNegatives) {
        // Given
        final Random random = new Random(seed);
        final Impression impression = impression(random);
        final Set<String> shown =
                impression.results().stream().map(Impression.Result::text).collect(Collectors.toSet());

        // When
        final List<Pair> pairs =
                attribute(new AttributionRules(200, maxNegatives, 1, 10, Duration.ZERO), impression, clicks(random));

        // Then
        final Set<String> positives =
                pairs.stream().map(pair -> pair.positive().orElseThrow()).collect(Collectors.toSet());
        assertThat(pairs).allSatisfy(pair -> assertThat(pair.negatives())
                .hasSizeLessThanOrEqualTo(maxNegatives)
                .doesNotHaveDuplicates()
                .isSubsetOf(shown)
                .doesNotContainAnyElementsOf(positives));
    }

    @Property(tries = 500)
    void neitherTheOrderOfClicksNorOfResultsMatters(@ForAll long seed) {
        // Given
        final Random random = new Random(seed);
        final AttributionRules rules = new AttributionRules(8, 3, 1, 10, Duration.ofMillis(2));
        final Impression impression = impression(random);
        final List<Click> clicks = clicks(random);
        final List<Impression.Result> results = new ArrayList<>(impression.results());
        final List<Click> shuffled = new ArrayList<>(clicks);
        Collections.shuffle(results, random);
        Collections.shuffle(shuffled, random);

        // When
        final List<Pair> pairs = attribute(rules, new Impression("i", impression.query(), results, NOW), shuffled);

        // Then
        assertThat(pairs).isEqualTo(attribute(rules, impression, clicks));
    }

    @Property(tries = 200)
    void pairsHaveUniqueIdsAndCanBeRead(@ForAll long seed) {
        // Given
        final Random random = new Random(seed);

        // When
        final List<Pair> pairs =
                attribute(new AttributionRules(200, 16, 1, 10, Duration.ZERO), impression(random), clicks(random));

        // Then
        assertThat(pairs).extracting(Pair::id).doesNotHaveDuplicates();
        assertThat(pairs).allSatisfy(pair -> assertThat(EventJson.readPair(EventJson.write(pair)))
                .isEqualTo(new Decoded.Valid<>(pair)));
    }

    private static List<Pair> attribute(AttributionRules rules, Impression impression, List<Click> clicks) {
        return new ClickAttribution(rules).attribute(impression, clicks).pairs();
    }

    private static Impression impression(Random random) {
        final List<Impression.Result> results = IntStream.rangeClosed(1, 1 + random.nextInt(12))
                .mapToObj(i -> new Impression.Result(
                        "d" + random.nextInt(10), "text " + random.nextInt(8), position(random), propensity(random)))
                .toList();
        return new Impression("i", "query", results, NOW);
    }

    private static int position(Random random) {
        return random.nextInt(20) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(12);
    }

    private static OptionalDouble propensity(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> OptionalDouble.of(1 - random.nextDouble());
            case 1 -> OptionalDouble.of(Double.MIN_VALUE);
            default -> OptionalDouble.empty();
        };
    }

    private static List<Click> clicks(Random random) {
        return IntStream.range(0, random.nextInt(12))
                .mapToObj(i -> new Click(
                        "i",
                        "d" + random.nextInt(12),
                        random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextInt(5)),
                        NOW.plusSeconds(random.nextInt(3))))
                .toList();
    }
}
