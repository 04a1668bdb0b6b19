package dev.millrace.attribution.clicks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.events.record.Click;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClickAttributionTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final AttributionRules RULES = new AttributionRules(50, 8, 1.0, 10, Duration.ofSeconds(2));

    private final ClickAttribution attribution = new ClickAttribution(RULES);

    @Test
    void aClickBecomesAPairAgainstWhatWasSkippedAboveIt() {
        // When
        final Attribution result = attribution.attribute(shown(5), List.of(click("d3", 0)));

        // Then
        assertThat(result.pairs())
                .containsExactly(new Pair(
                        "click:i1:d3",
                        "the query",
                        Optional.of("text 3"),
                        List.of("text 1", "text 2"),
                        OptionalDouble.empty(),
                        3.0,
                        Optional.empty(),
                        "clicks",
                        NOW));
    }

    @Test
    void everyClickedDocumentSharesTheResultsSkippedAboveTheLowestClick() {
        // When
        final Attribution result = attribution.attribute(shown(6), List.of(click("d2", 0), click("d4", 5)));

        // Then
        assertThat(result.pairs()).extracting(Pair::id).containsExactly("click:i1:d2", "click:i1:d4");
        assertThat(result.pairs()).extracting(Pair::negatives).containsOnly(List.of("text 1", "text 3"));
    }

    @Test
    void theTopResultClickedAloneHasNoNegatives() {
        // When
        final Attribution result = attribution.attribute(shown(5), List.of(click("d1", 0)));

        // Then
        assertThat(result.pairs()).singleElement().satisfies(pair -> {
            assertThat(pair.negatives()).isEmpty();
            assertThat(pair.weight()).isEqualTo(1.0);
        });
    }

    @Test
    void negativesAreCappedFromTheTop() {
        // Given
        final ClickAttribution two = new ClickAttribution(new AttributionRules(50, 2, 1, 10, Duration.ZERO));

        // When
        final Attribution result = two.attribute(shown(9), List.of(click("d9", 0)));

        // Then
        assertThat(result.pairs().get(0).negatives()).containsExactly("text 1", "text 2");
    }

    @Test
    void aTextThatWasClickedIsNoNegativeUnderAnotherDocument() {
        // Given
        final Impression twins = impression(List.of(
                result("a", "same", 1, OptionalDouble.empty()),
                result("b", "other", 2, OptionalDouble.empty()),
                result("c", "same", 3, OptionalDouble.empty())));

        // When
        final Attribution result = attribution.attribute(twins, List.of(click("c", 0)));

        // Then
        assertThat(result.pairs().get(0).negatives()).containsExactly("other");
    }

    @Test
    void aGivenPropensityGoesBeforeTheOneOfThePosition() {
        // Given
        final Impression given = impression(List.of(
                result("a", "one", 1, OptionalDouble.of(0.25)), result("b", "two", 2, OptionalDouble.of(1e-300))));

        // When
        final Attribution result = attribution.attribute(given, List.of(click("a", 0), click("b", 0)));

        // Then: the second is clipped
        assertThat(result.pairs()).extracting(Pair::weight).containsExactly(4.0, 10.0);
    }

    @Test
    void etaSaysHowSteeplyAttentionFalls() {
        // Given
        final ClickAttribution flat = new ClickAttribution(new AttributionRules(50, 8, 0.5, 10, Duration.ZERO));

        // When
        final Attribution result = flat.attribute(shown(9), List.of(click("d9", 0)));

        // Then
        assertThat(result.pairs().get(0).weight()).isCloseTo(3.0, within(1e-12));
    }

    @Test
    void clicksOnOneDocumentCountOnceAtTheEarliestThatLasted() {
        // Given
        final List<Click> clicks = List.of(
                new Click("i1", "d2", OptionalLong.of(3000), NOW.plusSeconds(9)),
                new Click("i1", "d2", OptionalLong.of(1999), NOW),
                new Click("i1", "d2", OptionalLong.of(2000), NOW.plusSeconds(4)));

        // When
        final Attribution result = attribution.attribute(shown(3), clicks);

        // Then
        assertThat(result.pairs()).singleElement().satisfies(pair -> assertThat(pair.ts())
                .isEqualTo(NOW.plusSeconds(4)));
        assertThat(result.shortClicks()).isZero();
    }

    @Test
    void shortAndStrayClicksMakeNoPair() {
        // Given
        final List<Click> clicks =
                List.of(new Click("i1", "d2", OptionalLong.of(100), NOW), click("elsewhere", 0), click("d60", 0));

        // When
        final Attribution result = attribution.attribute(shown(60), clicks);

        // Then: only 50 results are kept
        assertThat(result).isEqualTo(new Attribution(List.of(), 1, 2));
    }

    @Test
    void aDocumentShownTwiceIsTakenAtItsHigherPlaceAndNeverItsOwnNegative() {
        // Given
        final Impression twice = impression(List.of(
                result("a", "above", 1, OptionalDouble.empty()),
                result("b", "first showing", 2, OptionalDouble.empty()),
                result("b", "second showing", 4, OptionalDouble.empty())));

        // When
        final Attribution result = attribution.attribute(twice, List.of(click("b", 0)));

        // Then
        assertThat(result.pairs()).singleElement().satisfies(pair -> {
            assertThat(pair.positive()).contains("first showing");
            assertThat(pair.negatives()).containsExactly("above");
        });
    }

    private static Impression shown(int results) {
        return impression(IntStream.rangeClosed(1, results)
                .mapToObj(position -> result("d" + position, "text " + position, position, OptionalDouble.empty()))
                .toList());
    }

    private static Impression impression(List<Impression.Result> results) {
        return new Impression("i1", "the query", results, NOW);
    }

    private static Impression.Result result(String docId, String text, int position, OptionalDouble propensity) {
        return new Impression.Result(docId, text, position, propensity);
    }

    private static Click click(String docId, int seconds) {
        return new Click("i1", docId, OptionalLong.empty(), NOW.plusSeconds(seconds));
    }
}
