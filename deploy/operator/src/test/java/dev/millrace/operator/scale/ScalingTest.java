package dev.millrace.operator.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.progress.Backlog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ScalingTest {
    private static final Instant START = Instant.parse("2026-11-30T00:00:00Z");
    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final Duration ALLOWED = Duration.ofMinutes(5);
    private static final Bounds BOUNDS =
            new Bounds(1, 8, Optional.empty(), ALLOWED, Duration.ofSeconds(60), Duration.ofSeconds(600));

    /** What is seen at each look: how far behind, in how many partitions, for how many more there are GPUs. */
    private record Look(Optional<Backlog> backlog, OptionalInt room) {}

    @Property(tries = 200)
    void theNumberIsWithinItsBoundsAndNeverBeyondTheGpus(
            @ForAll("bounds") Bounds bounds, @ForAll("looks") List<Look> looks, @ForAll @IntRange(max = 12) int first) {
        // Given
        final History history = new History(Duration.ofDays(1));

        // When
        final List<Integer> numbers = numbers(bounds, looks, first, history);

        // Then
        assertThat(numbers).allMatch(number -> number >= bounds.min() && number <= bounds.max());
        for (int look = 1; look < numbers.size(); look++) {
            final int more = numbers.get(look) - numbers.get(look - 1);
            final OptionalInt room = looks.get(look).room();
            assertThat(more).isLessThanOrEqualTo(room.orElse(bounds.max()));
        }
    }

    /** A broker that is replaced, or a trainer that does not answer, takes no trainer away and adds none. */
    @Property(tries = 200)
    void whatIsNotKnownMovesNothing(@ForAll("looks") List<Look> looks, @ForAll @IntRange(min = 1, max = 8) int first) {
        // Given
        final History history = new History(Duration.ofDays(1));
        final List<Integer> numbers = numbers(BOUNDS, looks, first, history);
        final int before = numbers.get(numbers.size() - 1);
        final Situation unknown = new Situation(before, Optional.empty(), OptionalInt::empty);

        // When
        final Decision decision = Scaling.decide(BOUNDS, unknown, history, START.plus(LOOK.multipliedBy(1000)));

        // Then
        assertThat(decision.replicas()).isEqualTo(before);
    }

    /** For the whole window it must have been enough, so that a window that takes long takes no trainer away. */
    @Property(tries = 200)
    void noneGoesUnlessFewerWereEnoughForTheWholeTime(@ForAll("looks") List<Look> looks) {
        // Given
        final History history = new History(Duration.ofDays(1));
        final int quiet = (int) (BOUNDS.down().toSeconds() / LOOK.toSeconds());

        // When
        final List<Integer> numbers = numbers(BOUNDS, looks, 4, history);

        // Then
        for (int look = 1; look < numbers.size(); look++) {
            if (numbers.get(look) < numbers.get(look - 1)) {
                assertThat(look).isGreaterThanOrEqualTo(quiet);
                assertThat(looks.subList(look - quiet, look + 1)).allMatch(seen -> seen.backlog()
                        .filter(backlog -> backlog.behind().compareTo(ALLOWED.dividedBy(2)) < 0)
                        .isPresent());
            }
        }
    }

    @Test
    void moreComeInProportionToHowFarBehindTheyAre() {
        // Given: 900 s behind of 300 s, so three times as many, but at most twice as many at a time
        final List<Look> looks = repeated(behind(900, 8), 10);

        // When
        final List<Integer> numbers = numbers(BOUNDS, looks, 1, new History(Duration.ofDays(1)));

        // Then: after a minute two, and after a minute with two of them four
        assertThat(numbers).containsExactly(1, 1, 1, 1, 2, 2, 2, 2, 2, 4);
    }

    @Test
    void thereAreNoMoreThanHaveAPartitionToLearn() {
        // Given
        final List<Look> looks = repeated(behind(9000, 3), 40);

        // When
        final List<Integer> numbers = numbers(BOUNDS, looks, 1, new History(Duration.ofDays(1)));

        // Then
        assertThat(numbers).endsWith(3).allMatch(number -> number <= 3);
    }

    @Test
    void theyGoOneByOneOnceNothingWaits() {
        // Given
        final List<Look> looks = repeated(behind(0, 0), 130);

        // When
        final List<Integer> numbers = numbers(BOUNDS, looks, 4, new History(Duration.ofDays(1)));

        // Then: an operator that has just begun has not looked for long enough either
        assertThat(numbers.subList(0, 40)).containsOnly(4);
        assertThat(numbers.get(40)).isEqualTo(3);
        assertThat(numbers).endsWith(1).isSortedAccordingTo((first, second) -> second - first);
    }

    @Test
    void theyStayWhileTheyKeepUpWithNoneToSpare() {
        // Given
        final List<Look> looks = repeated(behind(200, 8), 100);

        // When
        final List<Integer> numbers = numbers(BOUNDS, looks, 4, new History(Duration.ofDays(1)));

        // Then
        assertThat(numbers).containsOnly(4);
    }

    @Test
    void whoAsksForANumberGetsItWithinTheBounds() {
        // Given
        final Bounds asked = new Bounds(2, 8, Optional.of(20), BOUNDS.behind(), BOUNDS.up(), BOUNDS.down());
        final Situation now = new Situation(3, Optional.empty(), () -> OptionalInt.of(1));

        // When
        final Decision decision = Scaling.decide(asked, now, new History(Duration.ofDays(1)), START);

        // Then
        assertThat(decision.replicas()).isEqualTo(4);
        assertThat(decision.reason()).contains("spec.trainers.replicas", "8 wanted, GPUs for 4");
    }

    private static Look behind(int seconds, int partitions) {
        return new Look(Optional.of(new Backlog(100, Duration.ofSeconds(seconds), partitions)), OptionalInt.empty());
    }

    private static List<Look> repeated(Look look, int times) {
        return Collections.nCopies(times, look);
    }

    private static List<Integer> numbers(Bounds bounds, List<Look> looks, int first, History history) {
        final List<Integer> numbers = new ArrayList<>();
        int current = first;
        Instant at = START;
        for (final Look look : looks) {
            current = Scaling.decide(bounds, new Situation(current, look.backlog(), look::room), history, at)
                    .replicas();
            numbers.add(current);
            at = at.plus(LOOK);
        }
        return numbers;
    }

    @Provide
    Arbitrary<Bounds> bounds() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.integers().between(0, 20).optional(),
                        Arbitraries.integers().between(0, 200),
                        Arbitraries.integers().between(0, 900))
                .as((min, more, asked, up, down) -> new Bounds(
                        min,
                        min + more,
                        asked.filter(number -> number > 0),
                        ALLOWED,
                        Duration.ofSeconds(up),
                        Duration.ofSeconds(down)));
    }

    /** Long quiet and long busy stretches, so that all windows are passed. */
    @Provide
    Arbitrary<List<Look>> looks() {
        final Arbitrary<Look> look = Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(3, Arbitraries.of(0, 10)),
                                Tuple.of(2, Arbitraries.integers().between(0, 3000))),
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.frequency(Tuple.of(9, true), Tuple.of(1, false)),
                        Arbitraries.integers().between(0, 3).optional())
                .as((seconds, partitions, known, room) -> new Look(
                        known ? Optional.of(new Backlog(7, Duration.ofSeconds(seconds), partitions)) : Optional.empty(),
                        room.map(OptionalInt::of).orElse(OptionalInt.empty())));
        return Combinators.combine(look, Arbitraries.of(1, 3, 50))
                .as(ScalingTest::repeated)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(stretches -> stretches.stream().flatMap(List::stream).toList());
    }
}
