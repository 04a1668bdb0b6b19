package dev.millrace.trainer.learning.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.millrace.evaluation.retrieval.Placement;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.evaluate.Evaluation;
import dev.millrace.trainer.learning.evaluate.GoldenTexts;
import dev.millrace.trainer.learning.evaluate.Surprise;
import dev.millrace.trainer.learning.evaluate.UnrankedFigures;
import dev.millrace.trainer.learning.gate.Gate.Evidence;
import dev.millrace.trainer.learning.state.HeldOut;
import dev.millrace.trainer.learning.state.Reservoir;
import dev.millrace.trainer.testing.Pairs;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionFiguresTest {
    @Test
    void heldOutPairsSayWhatIsFoundAndHowFarUp() {
        // Given two pairs, whose answers come first and second
        HeldOut held = heldOut();
        List<Pair> pairs = List.of(Pairs.pair("1", "a", "b"), Pairs.pair("2", "c", "d"));
        pairs.forEach(held::keep);
        Evidence evidence = evidence(
                Map.of(pairs.get(0), new Placement(1, 1, 0.1), pairs.get(1), new Placement(2, 0.5, 0.9)),
                UnrankedFigures.NONE);

        // When
        SortedMap<String, Double> figures = VersionFigures.of(held, evidence, evidence);

        // Then
        assertThat(figures)
                .containsEntry("hit@1", 0.5)
                .containsEntry("before.hit@1", 0.5)
                .containsEntry("hit@5", 1.0)
                .containsEntry("mrr", 0.75)
                .containsEntry("ndcg@10", 0.75)
                .containsEntry("pairs", 2.0)
                .containsEntry("before.surprise", 0.5)
                .containsEntry("surprise", 0.5)
                .containsEntry("surprise.error", 0.0)
                .doesNotContainKeys("spearman", "uniformity");
    }

    @Test
    void whatNothingIsHeldOutForIsAbsent() {
        // Given
        Evidence evidence = evidence(
                Map.of(),
                new UnrankedFigures(
                        OptionalDouble.of(0.7), OptionalDouble.of(0.2), OptionalDouble.of(-2), OptionalDouble.of(0.9)));

        // When
        SortedMap<String, Double> figures = VersionFigures.of(heldOut(), evidence, evidence);

        // Then
        assertThat(figures)
                .containsOnlyKeys(
                        "pairs",
                        "before.spearman",
                        "spearman",
                        "alignment",
                        "before.uniformity",
                        "uniformity",
                        "before.probe",
                        "probe");
    }

    @ParameterizedTest
    @CsvSource({
        "surprise, 0.5, 0.4, true",
        "surprise, 0.5, 0.5, false",
        "surprise, 0.4, 0.5, false",
        "held-back.surprise, 0.5, 0.4, true",
        "held-back.surprise, 0.5, 0.5, false",
        "spearman, 0.5, 0.6, true",
        "spearman, 0.6, 0.5, false",
        "probe, 0.5, 0.6, true",
        "probe, 0.6, 0.5, false",
        "uniformity, -2, -3, true",
        "uniformity, -2, -1, false",
        "alignment, 1, 0.5, false"
    })
    void betterIsWhatTheStreamCanSay(String name, double before, double after, boolean better) {
        // Given
        SortedMap<String, Double> figures = new TreeMap<>(Map.of("before." + name, before, name, after));

        // When
        boolean found = VersionFigures.better(figures);

        // Then
        assertThat(found).isEqualTo(better);
    }

    /** Changes of -.2 and -.1: mean -.15, deviation .0707, and so an error of .05. */
    @Test
    void theErrorIsThatOfWhatChangedFromPairToPair() {
        // Given
        HeldOut held = heldOut();
        List<Pair> pairs = List.of(Pairs.pair("1", "a", "b"), Pairs.pair("2", "c", "d"));
        pairs.forEach(held::keep);

        // When
        SortedMap<String, Double> figures =
                VersionFigures.of(held, surprised(pairs, 0.4, 0.9), surprised(pairs, 0.2, 0.8));

        // Then
        assertThat(figures.get("before.surprise")).isCloseTo(0.65, offset(1e-9));
        assertThat(figures.get("surprise")).isCloseTo(0.5, offset(1e-9));
        assertThat(figures.get("surprise.error")).isCloseTo(0.05, offset(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"0.2, 0.8, true", "0.5, 0.5, false", "0.4, 0.9, false"})
    void aGainIsMoreThanAStandardError(double first, double second, boolean better) {
        // Given
        HeldOut held = heldOut();
        List<Pair> pairs = List.of(Pairs.pair("1", "a", "b"), Pairs.pair("2", "c", "d"));
        pairs.forEach(held::keep);
        SortedMap<String, Double> figures =
                VersionFigures.of(held, surprised(pairs, 0.4, 0.9), surprised(pairs, first, second));

        // When
        boolean found = VersionFigures.better(figures);

        // Then
        assertThat(found).isEqualTo(better);
    }

    @ParameterizedTest
    @CsvSource({"0.1, true", "0.3, false"})
    void whatWasHeldBackSaysMoreThanWhatIsHeldOut(double after, boolean better) {
        // Given figures of held-out pairs that say the contrary
        SortedMap<String, Double> figures = new TreeMap<>(Map.of("before.surprise", 0.2, "surprise", 0.4 - after));
        VersionFigures.heldBack(new Surprise(0.2, after, 0.05), figures);

        // When
        boolean found = VersionFigures.better(figures);

        // Then
        assertThat(found).isEqualTo(better);
    }

    private static Evidence surprised(List<Pair> pairs, double first, double second) {
        return evidence(
                Map.of(pairs.get(0), new Placement(1, 1, first), pairs.get(1), new Placement(1, 1, second)),
                UnrankedFigures.NONE);
    }

    private static Evidence evidence(Map<Pair, Placement> placements, UnrankedFigures unranked) {
        return new Evidence(new Evaluation(placements), unranked, GoldenTexts.NONE, GoldenTexts.NONE, 1);
    }

    private static HeldOut heldOut() {
        return new HeldOut(
                1,
                10,
                List.of(),
                new HeldOut.Samples(
                        new Reservoir(10, 1, List.of(), 0),
                        new Reservoir(10, 2, List.of(), 0),
                        new Reservoir(10, 3, List.of(), 0)));
    }
}
