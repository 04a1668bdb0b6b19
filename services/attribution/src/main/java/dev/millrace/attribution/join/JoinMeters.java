package dev.millrace.attribution.join;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of impressions and clicks. A transaction that is aborted and done again counts again. */
public final class JoinMeters {
    /** What became of an impression. */
    public enum ImpressionFate {
        ATTRIBUTED,
        WITHOUT_CLICKS,
        REPEATED
    }

    /** Why a click made no pair of its own. */
    public enum ClickFate {
        REPEATED,
        STRAY,
        SHORT,
        ORPHANED,
        OVERFLOWING
    }

    private final Map<ImpressionFate, Counter> impressions;
    private final Map<ClickFate, Counter> unusedClicks;
    private final Counter pairs;
    private final Counter deadLetters;
    private final Counter closedEarly;
    private final Counter moved;
    private final Counter tooLarge;
    private final AtomicLong waiting;

    public JoinMeters(MeterRegistry registry) {
        this.impressions = counters(
                ImpressionFate.class, fate -> registry.counter("millrace.attribution.impressions", "fate", tag(fate)));
        this.unusedClicks = counters(
                ClickFate.class, fate -> registry.counter("millrace.attribution.clicks.unused", "fate", tag(fate)));
        this.pairs = registry.counter("millrace.attribution.pairs");
        this.deadLetters = registry.counter("millrace.attribution.dead.letters");
        this.closedEarly = registry.counter("millrace.attribution.closed.early");
        this.moved = registry.counter("millrace.attribution.moved");
        this.tooLarge = registry.counter("millrace.attribution.too.large");
        this.waiting = registry.gauge("millrace.attribution.waiting", new AtomicLong());
    }

    void impression(ImpressionFate fate) {
        impressions.get(fate).increment();
    }

    void unusedClicks(ClickFate fate, int count) {
        unusedClicks.get(fate).increment(count);
    }

    void pairs(int count) {
        pairs.increment(count);
    }

    public void deadLetter() {
        deadLetters.increment();
    }

    void closedEarly(long count) {
        closedEarly.increment((double) count);
    }

    /** An event was put where its clicks or its impression are, as topics have got more partitions. */
    public void moved() {
        moved.increment();
    }

    /** A pair that its topic does not take, even without negatives; or an impression that was to be moved. */
    public void tooLarge() {
        tooLarge.increment();
    }

    public void waiting(long change) {
        waiting.addAndGet(change);
    }

    private static <F extends Enum<F>> Map<F, Counter> counters(Class<F> fates, Function<F, Counter> counter) {
        return Stream.of(fates.getEnumConstants())
                .collect(Collectors.toMap(fate -> fate, counter, (a, b) -> a, () -> new EnumMap<>(fates)));
    }

    private static String tag(Enum<?> fate) {
        return fate.name().toLowerCase(Locale.ROOT);
    }
}
