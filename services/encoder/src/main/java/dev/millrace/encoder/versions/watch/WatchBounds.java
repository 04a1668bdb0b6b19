package dev.millrace.encoder.versions.watch;

import dev.millrace.encoder.serving.Figures;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How much worse than the version before it a promoted one may do.
 *
 * @param errorRise by how much the share of failed requests may rise, 0..1
 * @param latencyFactor how many times as long a pass of the same size may take
 * @param passLimit how long any pass may take
 * @param minRequests fewer say nothing, of either version
 * @param window how long after its promotion a version is on trial
 */
public record WatchBounds(
        double errorRise, double latencyFactor, Duration passLimit, int minRequests, Duration window) {
    /**
     * How far beyond chance a rise of the error rate must be, in standard errors. It is looked every second, so what is rare
     * at one look is not rare in a trial.
     */
    private static final double STANDARD_ERRORS = 5;

    /** One hiccup of the device may fail a batch of many requests. */
    private static final int MIN_FAULTS = 3;

    private static final int MIN_PASSES_OF_A_SIZE = 32;
    private static final int MIN_PASSES = 128;

    /** In words what is worse now than before; empty when nothing is, or too little is known. */
    public Optional<String> broken(Figures before, Figures now) {
        return enough(before) && enough(now) ? errors(before, now).or(() -> latency(before, now)) : Optional.empty();
    }

    /** In words that a version hangs, which has been in one pass for as long. */
    Optional<String> hung(Duration pass) {
        return pass.compareTo(passLimit) < 0
                ? Optional.empty()
                : Optional.of("has not ended a pass within " + passLimit.toSeconds() + " s");
    }

    boolean enough(Figures figures) {
        return figures.requests() >= minRequests;
    }

    private Optional<String> errors(Figures before, Figures now) {
        final double rise = now.errorRate() - before.errorRate();
        final double pooled = (double) (now.failures() + before.failures()) / (now.requests() + before.requests());
        final double standardError =
                Math.sqrt(pooled * (1 - pooled) * (1.0 / now.requests() + 1.0 / before.requests()));
        return now.faults() >= MIN_FAULTS && rise > errorRise && rise > STANDARD_ERRORS * standardError
                ? Optional.of(words("fails %.1f%% of requests instead of %.1f%%", now, before))
                : Optional.empty();
    }

    private static String words(String form, Figures now, Figures before) {
        return String.format(Locale.ROOT, form, 100 * now.errorRate(), 100 * before.errorRate());
    }

    /** The mean over all sizes that both have seen often, of how many times as long a pass takes; weighted by the passes. */
    private Optional<String> latency(Figures before, Figures now) {
        double logarithms = 0;
        int passes = 0;
        for (int size : now.pace().keySet()) {
            final Figures.Pace pace = now.pace().get(size);
            final Optional<Figures.Pace> earlier = Optional.ofNullable(
                            before.pace().get(size))
                    .filter(known -> Math.min(known.passes(), pace.passes()) >= MIN_PASSES_OF_A_SIZE);
            if (earlier.isPresent()) {
                logarithms += pace.passes()
                        * Math.log(pace.fastQuarter() / earlier.get().fastQuarter());
                passes += pace.passes();
            }
        }
        final double factor = Math.exp(logarithms / Math.max(1, passes));
        return passes >= MIN_PASSES && factor > latencyFactor
                ? Optional.of(String.format(Locale.ROOT, "takes %.1f times as long a token", factor))
                : Optional.empty();
    }
}
