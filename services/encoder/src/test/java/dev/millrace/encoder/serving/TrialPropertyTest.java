package dev.millrace.encoder.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.encoder.versions.watch.WatchBounds;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;

/** Trials of versions whose faults and pace are drawn by chance, looked at again and again as an encoder does. */
final class TrialPropertyTest {
    private static final WatchBounds DEFAULTS =
            new WatchBounds(0.02, 2, Duration.ofSeconds(30), 200, Duration.ofMinutes(5));
    private static final int REQUESTS = 3_000;
    private static final int LOOK_EVERY = 10;
    private static final String TRIES = "millrace.trials";

    private final AtomicLong time = new AtomicLong();

    /** {@code -Dmillrace.trials=N} runs N of each kind and says how many were blamed. */
    @Property(tries = 1)
    void equalVersionsArePracticallyNeverBlamed() {
        // Given
        final int tries = Integer.getInteger(TRIES, 100);
        int blamed = 0;
        final Random random = new Random(7);

        // When
        for (int i = 0; i < tries; i++) {
            final Version version = new Version(random.nextDouble() * 0.3 * random.nextInt(2), random.nextDouble(), 1);
            blamed += blamed(version, version, random) ? 1 : 0;
        }

        // Then
        System.getLogger("trials").log(System.Logger.Level.INFO, blamed + " of " + tries + " equal versions blamed");
        assertThat(blamed).isLessThanOrEqualTo(tries / 400);
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void aVersionThatFailsATenthMoreIsBlamed(
            @ForAll @DoubleRange(max = 0.05) double before,
            @ForAll @DoubleRange(max = 0.8) double noise,
            @ForAll long seed) {
        assertThat(blamed(new Version(before, noise, 1), new Version(before + 0.1, noise, 1), new Random(seed)))
                .isTrue();
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void aVersionThatTakesThreeTimesAsLongIsBlamed(@ForAll @DoubleRange(max = 0.8) double noise, @ForAll long seed) {
        assertThat(blamed(new Version(0, noise, 1), new Version(0, noise, 3), new Random(seed)))
                .isTrue();
    }

    private boolean blamed(Version before, Version now, Random random) {
        final TrackRecord standard = new TrackRecord(time::get);
        final TrackRecord tried = new TrackRecord(time::get);
        for (int i = 0; i < REQUESTS; i++) {
            serve(before, standard, random);
        }
        final Figures figures = standard.figures();
        for (int i = 1; i <= REQUESTS; i++) {
            serve(now, tried, random);
            if (i % LOOK_EVERY == 0 && DEFAULTS.broken(figures, tried.figures()).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Passes are as the queue makes them: mostly of one text, sometimes of many. */
    private void serve(Version version, TrackRecord record, Random random) {
        final int tokens = 4 + random.nextInt(random.nextInt(4) == 0 ? 1_000 : 40);
        final long begun = record.now();
        final double nanos = (200_000 + 3_000.0 * tokens) * Math.exp(version.noise() * random.nextGaussian());
        time.addAndGet((long) (version.slowness() * nanos));
        record.passed(tokens, begun);
        if (random.nextDouble() < version.errorRate()) {
            record.failed(true);
        } else {
            record.answered();
        }
    }

    /** {@code noise}: standard deviation of the logarithm of a pass's duration. */
    private record Version(double errorRate, double noise, double slowness) {}
}
