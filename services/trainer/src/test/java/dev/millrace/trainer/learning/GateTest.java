package dev.millrace.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.millrace.trainer.testing.Configs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {
    private static final int ENOUGH = 10_000;

    @TempDir
    Path empty;

    @Test
    void aRiseIsTrusted() {
        // When
        List<Boolean> trusted = judge("0.02", ENOUGH, 0.5, 0.6);

        // Then
        assertThat(trusted).containsExactly(true);
    }

    @Test
    void aFallBeyondTheToleranceIsNot() {
        // When
        List<Boolean> trusted = judge("0.02", ENOUGH, 0.5, 0.45);

        // Then
        assertThat(trusted).containsExactly(false);
    }

    @Test
    void smallLossesAddUpUntilTheyAreWonBack() {
        // When
        List<Boolean> trusted = judge("0.02", ENOUGH, 0.50, 0.49, 0.485, 0.475, 0.47, 0.49, 0.60, 0.585, 0.575);

        // Then
        assertThat(trusted).containsExactly(true, true, false, false, true, true, true, false);
    }

    @Test
    void onFewPairsTheMeasuresOwnNoiseIsTolerated() {
        // When
        List<Boolean> trusted = judge("0.02", 100, 0.5, 0.41, 0.39);

        // Then
        assertThat(trusted).containsExactly(true, false);
    }

    @Test
    void tooFewHeldOutPairsSayNothing() {
        // When
        List<Boolean> trusted = judge("0.02", 29, 0.5, 0.1, 0.0);

        // Then
        assertThat(trusted).containsExactly(true, true);
    }

    @Test
    void theDeficitIsTold() {
        // Given
        LearningState state = LearningState.load(empty, Configs.learning());
        SortedMap<String, Double> figures = figures(ENOUGH, 0.5, 0.45);

        // When
        new Gate(Configs.gate()).trusts(figures, state);

        // Then
        assertThat(figures.get("deficit")).isCloseTo(0.05, offset(1e-9));
        assertThat(state.deficit()).isCloseTo(0.05, offset(1e-9));
    }

    /** A gate's answers along versions whose held-out hit@1 is as told. */
    private List<Boolean> judge(String tolerance, int pairs, double... hits) {
        LearningState state = LearningState.load(empty, Configs.learning());
        Gate gate = new Gate(Configs.gate("tolerance", tolerance, "min-held-out", "30"));
        List<Boolean> trusted = new ArrayList<>();
        for (int i = 1; i < hits.length; i++) {
            trusted.add(gate.trusts(figures(pairs, hits[i - 1], hits[i]), state));
        }
        return trusted;
    }

    private static SortedMap<String, Double> figures(int pairs, double before, double after) {
        return new TreeMap<>(Map.of("pairs", (double) pairs, "before.hit@1", before, "hit@1", after));
    }
}
