package dev.millrace.trainer.learning.gate;

import static dev.millrace.trainer.learning.gate.Examined.ENOUGH;
import static dev.millrace.trainer.learning.gate.Examined.HERE;
import static dev.millrace.trainer.learning.gate.Examined.MISSED;
import static dev.millrace.trainer.learning.gate.Examined.hits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.millrace.checkpoints.version.Bound;
import dev.millrace.checkpoints.version.Decision;
import dev.millrace.evaluation.retrieval.Placement;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.state.LearningState;
import dev.millrace.trainer.testing.Configs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be lost of held-out hits. */
class GateTest {
    @TempDir
    Path empty;

    @Test
    void aRiseIsTrusted() {
        // When
        List<Boolean> trusted = judge("0", ENOUGH, 0.5, 0.6);

        // Then
        assertThat(trusted).containsExactly(true);
    }

    @Test
    void aFallBeyondTheToleranceIsNot() {
        // When
        List<Boolean> trusted = judge("0", ENOUGH, 0.5, 0.45);

        // Then
        assertThat(trusted).containsExactly(false);
    }

    @Test
    void smallLossesAddUpUntilTheyAreWonBack() {
        // When
        List<Boolean> trusted = judge("0", ENOUGH, 0.50, 0.49, 0.485, 0.475, 0.47, 0.49, 0.60, 0.585, 0.575);

        // Then
        assertThat(trusted).containsExactly(true, true, false, false, true, true, true, false);
    }

    @Test
    void whatChanceCouldDoOnFewPairsIsTolerated() {
        // When six of a hundred pairs are lost, whose standard error is .024, and then eight more, whose together is
        // .037
        List<Boolean> trusted = judge("2", 100, 0.5, 0.44, 0.36);

        // Then
        assertThat(trusted).containsExactly(true, false);
    }

    @Test
    void tooFewHeldOutPairsSayNothing() {
        // When
        List<Boolean> trusted = judge("0", 29, 0.5, 0.1, 0.0);

        // Then
        assertThat(trusted).containsExactly(true, true);
    }

    @Test
    void aDecisionTellsEachFigureAndItsBound() {
        // Given
        LearningState state = Examined.state(empty, ENOUGH, 0);
        Gate gate = new Gate(Configs.gate("noise", "0"));

        // When
        Decision decision = gate.judge(Examined.with(state, 0.5), Examined.with(state, 0.45), state);

        // Then
        assertThat(decision.bounds()).containsOnlyKeys("held-out", "fresh", "forgetting", "drift", "latency");
        assertThat(decision.bounds().get("held-out").figure()).isCloseTo(0.05, offset(1e-9));
        assertThat(decision.bounds().get("held-out").atMost()).isEqualTo(0.02);
        assertThat(decision.bounds().get("drift")).isEqualTo(new Bound(0, 0.3));
        assertThat(decision.broken())
                .containsExactly(
                        "forgetting is 0.0500, at most 0.0200",
                        "fresh is 0.0500, at most 0.0200",
                        "held-out is 0.0500, at most 0.0200");
    }

    @Test
    void aGroupThatIsForgottenIsSeenThoughAllTogetherRose() {
        // Given a group of 40 among 1000, all of whose pairs were found before
        LearningState state = Examined.state(empty, ENOUGH, 40);
        List<Pair> held = state.heldOut.all();
        Map<Pair, Placement> before = hits(held, 500);
        Map<Pair, Placement> after = hits(held, 700);
        held.subList(0, 40).forEach(pair -> after.put(pair, MISSED));
        Gate gate = new Gate(Configs.gate());

        // When
        Decision decision = gate.judge(Examined.with(before, HERE, 1), Examined.with(after, HERE, 1), state);

        // Then one hit may be lost by chance, as none of the others was
        assertThat(decision.broken()).containsExactly("forgetting.refunds is 1.0000, at most 0.0450");
    }

    @Test
    void whatAPersonAcceptedIsForgivenOnce() {
        // Given a version that a person serves, and a loss after it
        LearningState state = Examined.state(empty, ENOUGH, 0);
        Gate gate = new Gate(Configs.gate("noise", "0"));
        state.accepted("v000002-00000000");
        gate.judge(Examined.with(state, 0.5), Examined.with(state, 0.45), state);

        // When
        state.accepted("v000002-00000000");

        // Then
        assertThat(state.deficit("held-out").lost()).isCloseTo(0.05, offset(1e-9));
    }

    @Test
    void lossesOnFreshPairsAreNotHeldAgainstLaterVersions() {
        // Given memory wins what the fresh lose
        LearningState state = Examined.state(empty, ENOUGH, 0);
        Gate gate = new Gate(Configs.gate("noise", "0", "tolerance", "0.03"));

        // When
        List<Double> losses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Decision decision = gate.judge(Examined.with(state, 0.5), Examined.with(state, 0.49), state);
            losses.add(decision.bounds().get("fresh").figure());
        }

        // Then
        assertThat(losses).allSatisfy(loss -> assertThat(loss).isCloseTo(0.01, offset(1e-9)));
        assertThat(state.deficit("held-out").lost()).isCloseTo(0.03, offset(1e-9));
    }

    /** A gate's answers along versions whose held-out hit@1 is as told. */
    private List<Boolean> judge(String noise, int pairs, double... hits) {
        LearningState state = Examined.state(empty, pairs, 0);
        Gate gate = new Gate(Configs.gate("noise", noise));
        List<Boolean> trusted = new ArrayList<>();
        for (int i = 1; i < hits.length; i++) {
            trusted.add(gate.judge(Examined.with(state, hits[i - 1]), Examined.with(state, hits[i]), state)
                    .trusted());
        }
        return trusted;
    }
}
