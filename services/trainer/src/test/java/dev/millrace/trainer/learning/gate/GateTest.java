package dev.millrace.trainer.learning.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.millrace.checkpoints.version.Bound;
import dev.millrace.checkpoints.version.Decision;
import dev.millrace.evaluation.retrieval.Placement;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.evaluate.Evaluation;
import dev.millrace.trainer.learning.evaluate.GoldenTexts;
import dev.millrace.trainer.learning.evaluate.UnrankedFigures;
import dev.millrace.trainer.learning.gate.Gate.Evidence;
import dev.millrace.trainer.learning.state.DivergedException;
import dev.millrace.trainer.learning.state.LearningState;
import dev.millrace.trainer.testing.Configs;
import dev.millrace.trainer.testing.Pairs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {
    private static final int ENOUGH = 1000;
    private static final Placement FOUND = new Placement(1, 1);
    private static final Placement MISSED = new Placement(6, 0.3);
    private static final GoldenTexts HERE = golden(1, 0);

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
        LearningState state = state(ENOUGH, 0);
        Gate gate = new Gate(Configs.gate("noise", "0"));

        // When
        Decision decision = gate.judge(examined(state, 0.5), examined(state, 0.45), state);

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
        LearningState state = state(ENOUGH, 40);
        List<Pair> held = state.heldOut.all();
        Map<Pair, Placement> before = hits(held, 500);
        Map<Pair, Placement> after = hits(held, 700);
        held.subList(0, 40).forEach(pair -> after.put(pair, MISSED));
        Gate gate = new Gate(Configs.gate());

        // When
        Decision decision = gate.judge(examined(before, HERE, 1), examined(after, HERE, 1), state);

        // Then
        assertThat(decision.broken()).containsExactly("forgetting.refunds is 1.0000, at most 0.1781");
    }

    @Test
    void vectorsThatMovedTooFarAreNotTrusted() {
        // Given
        LearningState state = state(ENOUGH, 0);
        state.golden(HERE);
        Gate gate = new Gate(Configs.gate("drift", "0.1"));
        Map<Pair, Placement> hits = hits(state.heldOut.all(), 500);

        // When
        Decision decision = gate.judge(examined(hits, HERE, 1), examined(hits, golden(0.8f, 0.6f), 1), state);

        // Then
        assertThat(decision.broken()).containsExactly("drift is 0.2000, at most 0.1000");
    }

    @Test
    void vectorsThatAreNoNumbersAreADivergence() {
        // Given
        LearningState state = state(ENOUGH, 0);
        state.golden(HERE);
        Map<Pair, Placement> hits = hits(state.heldOut.all(), 500);
        Evidence ruined = examined(hits, golden(Float.NaN, 0), 1);

        // When, Then
        assertThatThrownBy(() -> new Gate(Configs.gate()).judge(examined(hits, HERE, 1), ruined, state))
                .isInstanceOf(DivergedException.class);
    }

    @Test
    void driftIsCountedFromTheLastTrustedVersion() {
        // Given two versions that each drift by less than the bound, of which the second is not trusted
        LearningState state = state(ENOUGH, 0);
        state.golden(HERE);
        Gate gate = new Gate(Configs.gate("drift", "0.25"));
        Map<Pair, Placement> hits = hits(state.heldOut.all(), 500);
        gate.judge(examined(hits, HERE, 1), examined(hits, golden(0.8f, 0.6f), 1), state);
        gate.judge(examined(hits, HERE, 1), examined(hits, golden(0, 1), 1), state);

        // When
        Decision decision = gate.judge(examined(hits, HERE, 1), examined(hits, golden(0.8f, 0.6f), 1), state);

        // Then
        assertThat(decision.bounds().get("drift").figure()).isCloseTo(0, offset(1e-6));
    }

    @Test
    void aLineagePastTheBoundIsTrustedAgainOnceAPersonServesIt() {
        // Given vectors that moved for good, and hits that were lost with them
        LearningState state = state(ENOUGH, 0);
        state.golden(HERE);
        Gate gate = new Gate(Configs.gate());
        GoldenTexts there = golden(0.6f, 0.8f);
        Decision refused = gate.judge(examined(state, 0.5, HERE), examined(state, 0.4, there), state);
        Decision again = gate.judge(examined(state, 0.4, there), examined(state, 0.4, there), state);

        // When
        state.served(there);
        state.accepted("v000002-00000000");

        // Then
        Decision after = gate.judge(examined(state, 0.4, there), examined(state, 0.4, golden(0.5f, 0.866f)), state);
        assertThat(refused.broken()).anyMatch(line -> line.startsWith("drift"));
        assertThat(again.trusted()).isFalse();
        assertThat(after.trusted()).isTrue();
    }

    @Test
    void aLineageWhoseVectorsComeBackIsTrustedAgain() {
        // Given
        LearningState state = state(ENOUGH, 0);
        state.golden(HERE);
        Gate gate = new Gate(Configs.gate());
        gate.judge(examined(state, 0.5, HERE), examined(state, 0.5, golden(0.6f, 0.8f)), state);

        // When
        Decision back =
                gate.judge(examined(state, 0.5, golden(0.6f, 0.8f)), examined(state, 0.5, golden(0.8f, 0.6f)), state);

        // Then
        assertThat(back.trusted()).isTrue();
    }

    @Test
    void whatAPersonAcceptedIsForgivenOnce() {
        // Given a version that a person serves, and a loss after it
        LearningState state = state(ENOUGH, 0);
        Gate gate = new Gate(Configs.gate("noise", "0"));
        state.accepted("v000002-00000000");
        gate.judge(examined(state, 0.5), examined(state, 0.45), state);

        // When
        state.accepted("v000002-00000000");

        // Then
        assertThat(state.deficit("held-out").lost()).isCloseTo(0.05, offset(1e-9));
    }

    @Test
    void aVersionThatCrawlsIsNotTrusted() {
        // Given
        LearningState state = state(ENOUGH, 0);
        Gate gate = new Gate(Configs.gate());
        Map<Pair, Placement> hits = hits(state.heldOut.all(), 500);

        // When
        Decision decision = gate.judge(examined(hits, HERE, 1000), examined(hits, HERE, 4000), state);

        // Then
        assertThat(decision.broken()).containsExactly("latency is 4.0000, at most 3.0000");
    }

    @Test
    void whatIsRememberedDoesNotDependOnTheMachinesPace() {
        // Given a version that is good but crawls
        LearningState state = state(ENOUGH, 0);
        state.golden(HERE);
        Map<Pair, Placement> hits = hits(state.heldOut.all(), 500);

        // When
        Decision decision = new Gate(Configs.gate())
                .judge(examined(hits, HERE, 1000), examined(hits, golden(0.8f, 0.6f), 9000), state);

        // Then
        assertThat(decision.trusted()).isFalse();
        assertThat(state.golden().drift(HERE)).isCloseTo(0.2, offset(1e-6));
    }

    @Test
    void lossesOnFreshPairsAreNotHeldAgainstLaterVersions() {
        // Given memory wins what the fresh lose
        LearningState state = state(ENOUGH, 0);
        Gate gate = new Gate(Configs.gate("noise", "0", "tolerance", "0.03"));

        // When
        List<Double> losses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Decision decision = gate.judge(examined(state, 0.5), examined(state, 0.49), state);
            losses.add(decision.bounds().get("fresh").figure());
        }

        // Then
        assertThat(losses).allSatisfy(loss -> assertThat(loss).isCloseTo(0.01, offset(1e-9)));
        assertThat(state.deficit("held-out").lost()).isCloseTo(0.03, offset(1e-9));
    }

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
        LearningState state = state(ENOUGH, 0);
        bareTexts(30).forEach(state.heldOut::keep);
        state.golden(spread(0));

        // When
        Decision decision = new Gate(Configs.gate())
                .judge(examined(state, 0.5, spread(0)), examined(state, 0.5, spread(0.96f)), state);

        // Then
        assertThat(decision.bounds()).doesNotContainKeys("collapse", "alignment");
    }

    private LearningState bare(int texts) {
        LearningState state = state(0, 0);
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
                new UnrankedFigures(OptionalDouble.empty(), OptionalDouble.of(alignment), OptionalDouble.of(-2)),
                golden,
                1);
    }

    /** A gate's answers along versions whose held-out hit@1 is as told. */
    private List<Boolean> judge(String noise, int pairs, double... hits) {
        LearningState state = state(pairs, 0);
        Gate gate = new Gate(Configs.gate("noise", noise));
        List<Boolean> trusted = new ArrayList<>();
        for (int i = 1; i < hits.length; i++) {
            trusted.add(gate.judge(examined(state, hits[i - 1]), examined(state, hits[i]), state)
                    .trusted());
        }
        return trusted;
    }

    private LearningState state(int pairs, int grouped) {
        LearningState state = LearningState.load(
                empty, Configs.learning("held-out-capacity", Integer.toString(Math.max(pairs, 100))));
        for (int i = 0; i < pairs; i++) {
            String number = Integer.toString(i);
            state.heldOut.keep(
                    i < grouped
                            ? Pairs.grouped(number, "q" + i, "d" + i, "refunds")
                            : Pairs.pair(number, "q" + i, "d" + i));
        }
        return state;
    }

    private static Evidence examined(LearningState state, double hitAt1) {
        List<Pair> held = state.heldOut.all();
        return examined(hits(held, (int) Math.round(hitAt1 * held.size())), HERE, 1);
    }

    private static Evidence examined(LearningState state, double hitAt1, GoldenTexts golden) {
        List<Pair> held = state.heldOut.all();
        return examined(hits(held, (int) Math.round(hitAt1 * held.size())), golden, 1);
    }

    private static Evidence examined(Map<Pair, Placement> hits, GoldenTexts golden, long nanos) {
        return new Evidence(new Evaluation(hits), UnrankedFigures.NONE, golden, nanos);
    }

    private static Map<Pair, Placement> hits(List<Pair> held, int hits) {
        Map<Pair, Placement> all = new HashMap<>();
        IntStream.range(0, held.size()).forEach(i -> all.put(held.get(i), i < hits ? FOUND : MISSED));
        return all;
    }

    private static GoldenTexts golden(float x, float y) {
        return new GoldenTexts(List.of("text"), List.of(new float[] {x, y}));
    }
}
