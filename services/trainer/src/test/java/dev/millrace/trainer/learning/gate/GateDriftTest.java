package dev.millrace.trainer.learning.gate;

import static dev.millrace.trainer.learning.gate.Examined.ENOUGH;
import static dev.millrace.trainer.learning.gate.Examined.HERE;
import static dev.millrace.trainer.learning.gate.Examined.golden;
import static dev.millrace.trainer.learning.gate.Examined.hits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.millrace.checkpoints.version.Decision;
import dev.millrace.evaluation.retrieval.Placement;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.evaluate.GoldenTexts;
import dev.millrace.trainer.learning.gate.Gate.Evidence;
import dev.millrace.trainer.learning.state.DivergedException;
import dev.millrace.trainer.learning.state.LearningState;
import dev.millrace.trainer.testing.Configs;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far vectors may move, and how long a text may take. */
class GateDriftTest {
    @TempDir
    Path empty;

    private LearningState state;
    private Map<Pair, Placement> hits;

    @BeforeEach
    void lineage() {
        state = Examined.state(empty, ENOUGH, 0);
        state.golden(HERE);
        hits = hits(state.heldOut.all(), 500);
    }

    @Test
    void vectorsThatMovedTooFarAreNotTrusted() {
        // Given
        Gate gate = new Gate(Configs.gate("drift", "0.1"));

        // When
        Decision decision = gate.judge(Examined.with(hits, HERE, 1), Examined.with(hits, golden(0.8f, 0.6f), 1), state);

        // Then
        assertThat(decision.broken()).containsExactly("drift is 0.2000, at most 0.1000");
    }

    @Test
    void vectorsThatAreNoNumbersAreADivergence() {
        // Given
        Evidence ruined = Examined.with(hits, golden(Float.NaN, 0), 1);

        // When, Then
        assertThatThrownBy(() -> new Gate(Configs.gate()).judge(Examined.with(hits, HERE, 1), ruined, state))
                .isInstanceOf(DivergedException.class);
    }

    @Test
    void driftIsCountedFromTheLastTrustedVersion() {
        // Given two versions that each drift by less than the bound, of which the second is not trusted
        Gate gate = new Gate(Configs.gate("drift", "0.25"));
        gate.judge(Examined.with(hits, HERE, 1), Examined.with(hits, golden(0.8f, 0.6f), 1), state);
        gate.judge(Examined.with(hits, HERE, 1), Examined.with(hits, golden(0, 1), 1), state);

        // When
        Decision decision = gate.judge(Examined.with(hits, HERE, 1), Examined.with(hits, golden(0.8f, 0.6f), 1), state);

        // Then
        assertThat(decision.bounds().get("drift").figure()).isCloseTo(0, offset(1e-6));
    }

    @Test
    void aLineagePastTheBoundIsTrustedAgainOnceAPersonServesIt() {
        // Given vectors that moved for good, and hits that were lost with them
        Gate gate = new Gate(Configs.gate());
        GoldenTexts there = golden(0.6f, 0.8f);
        Decision refused = gate.judge(Examined.with(state, 0.5, HERE), Examined.with(state, 0.4, there), state);
        Decision again = gate.judge(Examined.with(state, 0.4, there), Examined.with(state, 0.4, there), state);

        // When
        state.served(there);
        state.accepted("v000002-00000000");

        // Then
        Decision after =
                gate.judge(Examined.with(state, 0.4, there), Examined.with(state, 0.4, golden(0.5f, 0.866f)), state);
        assertThat(refused.broken()).anyMatch(line -> line.startsWith("drift"));
        assertThat(again.trusted()).isFalse();
        assertThat(after.trusted()).isTrue();
    }

    @Test
    void aLineageWhoseVectorsComeBackIsTrustedAgain() {
        // Given
        Gate gate = new Gate(Configs.gate());
        gate.judge(Examined.with(state, 0.5, HERE), Examined.with(state, 0.5, golden(0.6f, 0.8f)), state);

        // When
        Decision back = gate.judge(
                Examined.with(state, 0.5, golden(0.6f, 0.8f)), Examined.with(state, 0.5, golden(0.8f, 0.6f)), state);

        // Then
        assertThat(back.trusted()).isTrue();
    }

    @Test
    void aVersionThatCrawlsIsNotTrusted() {
        // When
        Decision decision =
                new Gate(Configs.gate()).judge(Examined.with(hits, HERE, 1000), Examined.with(hits, HERE, 4000), state);

        // Then
        assertThat(decision.broken()).containsExactly("latency is 4.0000, at most 3.0000");
    }

    @Test
    void whatIsRememberedDoesNotDependOnTheMachinesPace() {
        // When a version is good but crawls
        Decision decision = new Gate(Configs.gate())
                .judge(Examined.with(hits, HERE, 1000), Examined.with(hits, golden(0.8f, 0.6f), 9000), state);

        // Then
        assertThat(decision.trusted()).isFalse();
        assertThat(state.golden().drift(HERE)).isCloseTo(0.2, offset(1e-6));
    }
}
