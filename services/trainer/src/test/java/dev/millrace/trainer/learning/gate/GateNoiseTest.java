package dev.millrace.trainer.learning.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.evaluation.retrieval.Placement;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.evaluate.Evaluation;
import dev.millrace.trainer.learning.evaluate.GoldenTexts;
import dev.millrace.trainer.learning.evaluate.UnrankedFigures;
import dev.millrace.trainer.learning.gate.Gate.Evidence;
import dev.millrace.trainer.learning.state.LearningState;
import dev.millrace.trainer.testing.Configs;
import dev.millrace.trainer.testing.Pairs;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lineages of versions whose hits come and go: a pair is a hit while its margin, to which each version adds a little
 * chance that later versions forget again, lies above what is asked.
 */
class GateNoiseTest {
    private static final int RUNS = 100;
    private static final int VERSIONS = 30;
    private static final int PAIRS = 500;
    private static final double CHANCE = 0.15;
    private static final double KEPT = 0.9;

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
        Random random = new Random(run);
        LearningState state = LearningState.load(empty, Configs.learning("held-out-capacity", "" + PAIRS));
        IntStream.range(0, PAIRS).forEach(i -> state.heldOut.keep(Pairs.pair("" + i, "q" + i, "d" + i)));
        List<Pair> held = state.heldOut.all();
        double[] margins =
                random.doubles(PAIRS, 0, 1).map(share -> 4 * (share - 0.4)).toArray();
        double[] chance = new double[PAIRS];
        Gate gate = new Gate(Configs.gate());
        Evidence before = examination(held, margins, chance, 0);
        for (int version = 1; version <= VERSIONS; version++) {
            IntStream.range(0, PAIRS).forEach(i -> chance[i] = KEPT * chance[i] + CHANCE * random.nextGaussian());
            Evidence after = examination(held, margins, chance, decline * version);
            if (!gate.judge(before, after, state).trusted()) {
                return OptionalInt.of(version);
            }
            before = after;
        }
        return OptionalInt.empty();
    }

    private static Evidence examination(List<Pair> held, double[] margins, double[] chance, double asked) {
        Map<Pair, Placement> hits = new HashMap<>();
        IntStream.range(0, PAIRS)
                .forEach(i -> hits.put(held.get(i), new Placement(margins[i] + chance[i] > asked ? 1 : 2, 0.5)));
        return new Evidence(new Evaluation(hits), UnrankedFigures.NONE, GoldenTexts.NONE, 1);
    }
}
