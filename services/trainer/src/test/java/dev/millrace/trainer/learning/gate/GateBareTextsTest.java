package dev.millrace.trainer.learning.gate;

import static dev.millrace.trainer.learning.gate.Examined.ENOUGH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.version.Decision;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.evaluate.Evaluation;
import dev.millrace.trainer.learning.evaluate.GoldenTexts;
import dev.millrace.trainer.learning.evaluate.UnrankedFigures;
import dev.millrace.trainer.learning.gate.Gate.Evidence;
import dev.millrace.trainer.learning.state.LearningState;
import dev.millrace.trainer.testing.Configs;
import dev.millrace.trainer.testing.Pairs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream in which nothing asks and answers. */
class GateBareTextsTest {
    @TempDir
    Path empty;

    @Test
    void aStreamOfBareTextsIsGatedByHowItsVectorsLie() {
        // Given golden texts at right angles
        LearningState state = bare(30);
        state.golden(spread(0));
        Gate gate = new Gate(Configs.gate());

        // When
        List<List<String>> broken = List.of(
                gate.judge(seen(spread(0), 0.2), seen(spread(0.5f), 0.2), state).broken(),
                gate.judge(seen(spread(0.5f), 0.2), seen(spread(0.96f), 0.2), state)
                        .broken(),
                gate.judge(seen(spread(0.5f), 0.2), seen(spread(0.5f), 1.5), state)
                        .broken());

        // Then
        assertThat(broken.get(0)).isEmpty();
        assertThat(broken.get(1)).contains("collapse is 0.9600, at most 0.9000");
        assertThat(broken.get(2)).containsExactly("alignment is 1.5000, at most 1.0000");
    }

    @Test
    void vectorsThatLieTogetherFromTheBeginningMayBecomeBetterButNotWorse() {
        // Given a base model above the bound
        LearningState state = bare(30);
        state.golden(spread(0.95f));
        Gate gate = new Gate(Configs.gate());

        // When
        List<Boolean> trusted = List.of(
                gate.judge(seen(spread(0.95f), 0.2), seen(spread(0.97f), 0.2), state)
                        .trusted(),
                gate.judge(seen(spread(0.97f), 0.2), seen(spread(0.94f), 0.2), state)
                        .trusted(),
                gate.judge(seen(spread(0.94f), 0.2), seen(spread(0.945f), 0.2), state)
                        .trusted());

        // Then
        assertThat(trusted).containsExactly(false, true, false);
    }

    @Test
    void whereEnoughAsksAndAnswersHowVectorsLieIsNoReason() {
        // Given
        LearningState state = Examined.state(empty, ENOUGH, 0);
        bareTexts(30).forEach(state.heldOut::keep);
        state.golden(spread(0));

        // When
        Decision decision = new Gate(Configs.gate())
                .judge(Examined.with(state, 0.5, spread(0)), Examined.with(state, 0.5, spread(0.96f)), state);

        // Then
        assertThat(decision.bounds()).doesNotContainKeys("collapse", "alignment");
    }

    private LearningState bare(int texts) {
        LearningState state = Examined.state(empty, 0, 0);
        bareTexts(texts).forEach(state.heldOut::keep);
        return state;
    }

    private static List<Pair> bareTexts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Pairs.alone("bare" + i, "text " + i))
                .toList();
    }

    /** Two golden texts with this cosine, which do not drift apart from where they were by more than the bound. */
    private static GoldenTexts spread(float cosine) {
        double half = Math.acos(cosine) / 2;
        return new GoldenTexts(
                List.of("one", "two"),
                List.of(
                        new float[] {(float) Math.cos(half), (float) Math.sin(half)},
                        new float[] {(float) Math.cos(half), (float) -Math.sin(half)}));
    }

    private static Evidence seen(GoldenTexts golden, double alignment) {
        return new Evidence(
                new Evaluation(Map.of()),
                new UnrankedFigures(
                        OptionalDouble.empty(),
                        OptionalDouble.of(alignment),
                        OptionalDouble.of(-2),
                        OptionalDouble.empty()),
                golden,
                golden,
                1);
    }
}
