package dev.millrace.trainer.learning.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.evaluation.retrieval.Placement;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.evaluate.GoldenTexts;
import dev.millrace.trainer.learning.gate.Gate.Evidence;
import dev.millrace.trainer.learning.state.LearningState;
import dev.millrace.trainer.testing.Configs;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What chance and a decline do to lineages whose pairs have no groups. */
class GateNoiseTest {
    private static final int RUNS = 100;
    private static final int VERSIONS = 30;
    private static final int PAIRS = 500;

    @TempDir
    Path empty;

    @Test
    void lineagesThatLoseNothingAreHardlyEverRefused() {
        // When
        long refused = IntStream.range(0, RUNS)
                .filter(run -> firstRefused(run, 0).isPresent())
                .count();

        // Then
        assertThat(refused).isLessThanOrEqualTo(RUNS / 50);
    }

    @Test
    void aSlowDeclineIsRefusedEveryTimeBeforeATenthIsLost() {
        // When each version loses half a point of hit@1
        List<OptionalInt> refused = IntStream.range(0, RUNS)
                .mapToObj(run -> firstRefused(run, 0.02))
                .toList();

        // Then
        assertThat(refused).allSatisfy(version -> assertThat(version.orElse(Integer.MAX_VALUE))
                .isLessThan(20));
    }

    @Test
    void aSuddenLossIsRefusedAtOnce() {
        // When the first version loses some 7 points
        List<OptionalInt> refused =
                IntStream.range(0, RUNS).mapToObj(run -> firstRefused(run, 0.3)).toList();

        // Then
        assertThat(refused).containsOnly(OptionalInt.of(1));
    }

    private OptionalInt firstRefused(int run, double decline) {
        SimulatedHits hits = new SimulatedHits(run, Collections.nCopies(PAIRS, "none"), 0);
        LearningState state = Examined.state(empty, PAIRS, 0);
        Gate gate = new Gate(Configs.gate());
        Evidence before = seen(hits, state);
        for (int version = 1; version <= VERSIONS; version++) {
            double asked = decline * version;
            hits.next(group -> asked);
            Evidence after = seen(hits, state);
            if (!gate.judge(before, after, state).trusted()) {
                return OptionalInt.of(version);
            }
            before = after;
        }
        return OptionalInt.empty();
    }

    private static Evidence seen(SimulatedHits hits, LearningState state) {
        List<Pair> held = state.heldOut.all();
        Map<Pair, Placement> placements = new HashMap<>();
        IntStream.range(0, held.size())
                .forEach(i -> placements.put(held.get(i), new Placement(hits.hit(i) ? 1 : 2, 0.5, 0)));
        return Examined.with(placements, GoldenTexts.NONE, 1);
    }
}
