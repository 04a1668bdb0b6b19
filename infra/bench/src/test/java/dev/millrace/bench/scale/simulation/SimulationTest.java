package dev.millrace.bench.scale.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.millrace.bench.scale.constant.Constant;
import dev.millrace.bench.scale.constant.Constants;
import dev.millrace.bench.scale.constant.Constants.Figure;
import dev.millrace.bench.scale.simulation.Scenario.Meeting;
import dev.millrace.bench.scale.simulation.Scenario.Trouble;
import dev.millrace.bench.scale.simulation.Scenario.Windows;
import dev.millrace.bench.scale.simulation.SimulatedLineage.Published;
import dev.millrace.trainer.learning.round.OffsetRange;
import dev.millrace.trainer.learning.round.Quorum;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final Quorum HALF = new Quorum(.5, Duration.ofSeconds(5), Duration.ofSeconds(120));
    private static final double ENDLESS = Double.POSITIVE_INFINITY;
    private static final Quorum PATIENT = new Quorum(.5, Duration.ofSeconds(60), Duration.ofSeconds(120));
    private static final double SECONDS = 1200;

    /** All is free but learning, at ten pairs a second. */
    private static Constants free() {
        Map<Constant, Figure> figures = new EnumMap<>(Constant.class);
        for (Constant constant : Constant.values()) {
            figures.put(constant, new Figure(0, "test"));
        }
        figures.put(Constant.PAIR_SECONDS, new Figure(.1, "test"));
        figures.put(Constant.UP_MB, new Figure(100, "test"));
        figures.put(Constant.DOWN_MB, new Figure(100, "test"));
        figures.put(Constant.STREAMS, new Figure(64, "test"));
        return new Constants(figures);
    }

    private static Constants costly() {
        return free().with(Constant.SPREAD, .3, "test")
                .with(Constant.WEIGHTS, 20, "test")
                .with(Constant.MERGE_NANOS, 50, "test")
                .with(Constant.EXAMINE_SECONDS, 2, "test")
                .with(Constant.LOAD_SECONDS, 3, "test")
                .with(Constant.VERSION_MB, 300, "test")
                .with(Constant.HEAD_MB, 300, "test")
                .with(Constant.STREAMS, 2, "test");
    }

    private static Scenario endless(int trainers, long window, Change... changes) {
        return endless(trainers, window, new Meeting(HALF, 4, Set.of(changes)));
    }

    private static Scenario endless(int trainers, long window, Meeting meeting) {
        return new Scenario(trainers, new Windows(window, 30), ENDLESS, meeting, Trouble.NONE);
    }

    private static Outcome run(Constants constants, Scenario scenario) {
        return new Simulation(constants, scenario, 1).run(SECONDS);
    }

    @Test
    void oneTrainerIsTheClosedFormula() {
        // Given
        Constants constants = free().with(Constant.EXAMINE_SECONDS, 2, "test")
                .with(Constant.SNAPSHOT_SECONDS, .5, "test")
                .with(Constant.VERSION_MB, 300, "test");

        // When
        Outcome outcome = run(constants, endless(1, 256));

        // Then
        double learning = 256 * .1 + 2 * 2;
        double publishing = 300 / 100.0;
        assertThat(outcome.pairsPerSecond()).isEqualTo(256 / (.5 + Math.max(learning, publishing)), within(1e-9));
    }

    @Test
    void oneTrainerWaitsForAPublicationThatTakesLonger() {
        // Given
        Constants constants = free().with(Constant.VERSION_MB, 4000, "test");

        // When
        Outcome outcome = run(constants, endless(1, 256));

        // Then
        assertThat(outcome.pairsPerSecond()).isEqualTo(256 / 40.0, within(1e-9));
        assertThat(outcome.share(Activity.WAITING)).isEqualTo((40 - 25.6) / 40, within(.03));
    }

    @Test
    void roundsOfEqualsAddWhatTheirPartsTake() {
        // Given
        Constants constants = free().with(Constant.EXAMINE_SECONDS, 2, "test")
                .with(Constant.VERSION_MB, 300, "test")
                .with(Constant.HEAD_MB, 200, "test")
                .with(Constant.WEIGHTS, 25, "test");

        // When
        Outcome outcome = run(constants, endless(4, 300, new Meeting(PATIENT, 4, Set.of(Change.WAIT))));

        // Then
        double share = 25 * 4 / 100.0;
        double untilMoved = 300 * .1 + share + 3 * share + 2 * 2 + 3;
        double latest = untilMoved + .5 + 2;
        assertThat(outcome.pairsPerSecond()).isBetween(4 * 300 / latest, 4 * 300 / untilMoved);
    }

    @Test
    void nobodyMergesBesideWhoIsAtIt() {
        // Given
        double asItIs = run(costly(), endless(4, 300, Change.WAIT)).pairsPerSecond();

        // When
        double oneMerges =
                run(costly(), endless(4, 300, Change.WAIT, Change.ONE_MERGES)).pairsPerSecond();

        // Then
        assertThat(asItIs).isCloseTo(oneMerges, withinPercentage(2));
    }

    @Test
    void whoLearnsOnWaitsForNobody() {
        // When
        Outcome outcome = run(costly(), endless(4, 600, Change.ONE_MERGES));

        // Then
        assertThat(outcome.share(Activity.WAITING)).isLessThan(.05);
    }

    @Property(tries = 12)
    void moreTrainersLearnAsMuchMoreWhereMeetingIsFree(
            @ForAll @IntRange(min = 1, max = 31) int trainers, @ForAll @IntRange(min = 16, max = 2000) int window) {
        // Given
        double fewer = run(free(), endless(trainers, window)).pairsPerSecond();

        // When
        double more = run(free(), endless(trainers + 1, window)).pairsPerSecond();

        // Then
        assertThat(more).isGreaterThanOrEqualTo(fewer);
    }

    @Property(tries = 30)
    void everyRecordIsLearnedOnceOrNotYet(
            @ForAll @IntRange(min = 1, max = 9) int trainers,
            @ForAll @IntRange(min = 10, max = 900) int window,
            @ForAll @DoubleRange(min = .1, max = 1) double slowest,
            @ForAll @IntRange(min = 7, max = 300) int fault,
            @ForAll Set<Change> changes) {
        // Given
        Scenario scenario =
                endless(trainers, window, changes.toArray(Change[]::new)).with(new Trouble(slowest, fault, 11));

        // When
        Outcome outcome = run(costly(), scenario);

        // Then
        Map<String, Long> next = new TreeMap<>();
        for (Published version : outcome.versions()) {
            for (OffsetRange range : version.ranges()) {
                assertThat(range.from()).isEqualTo(next.getOrDefault(range.partition(), 0L));
                next.put(range.partition(), range.to());
            }
        }
        assertThat(outcome.pairs())
                .isEqualTo(next.values().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void theSameArgumentsGiveTheSameOutcome() {
        // Given
        Scenario scenario = endless(5, 300).with(new Trouble(.5, 30, 20));
        Outcome first = run(costly(), scenario);

        // When
        Outcome second = run(costly(), scenario);

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(first.versions()).isNotEmpty();
    }

    @Test
    void eachSecondOfATrainerIsSpentOnce() {
        // When
        Outcome outcome = run(costly(), endless(3, 200).with(new Trouble(.5, 30, 20)));

        // Then
        assertThat(outcome.spent()).hasSize(3).allSatisfy(spent -> assertThat(
                        spent.values().stream().mapToDouble(Double::doubleValue).sum())
                .isEqualTo(SECONDS, within(1e-6)));
    }

    @Test
    void pairsAreServedNoSoonerThanTheirWindowIsLearned() {
        // Given
        Scenario scenario = endless(1, 100).under(5);

        // When
        List<Double> delays = run(free(), scenario).delays(scenario);

        // Then
        assertThat(delays).first().satisfies(least -> assertThat(least).isGreaterThanOrEqualTo(10));
        assertThat(delays.get(delays.size() - 1)).isLessThan(20 + 10 + 20);
    }
}
