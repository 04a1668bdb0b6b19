package dev.millrace.trainer.learning.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.evaluation.retrieval.Placement;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.evaluate.Evaluation;
import dev.millrace.trainer.learning.evaluate.GoldenTexts;
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
                Map.of(pairs.get(0), new Placement(1, 1), pairs.get(1), new Placement(2, 0.5)), UnrankedFigures.NONE);

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
        "hit@1, 0.5, 0.6, true",
        "hit@1, 0.5, 0.5, false",
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
