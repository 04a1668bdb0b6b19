package dev.millrace.attribution.clicks;

import dev.millrace.attribution.config.AttributionConfig;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Impression;
import java.time.Duration;
import java.util.Comparator;

/**
 * What counts as a click, how much it weighs and how much of a result list is looked at.
 *
 * @param maxResults results kept of an impression, those on top
 * @param maxNegatives most negatives of a pair
 * @param propensityEta how steeply attention falls with position, where an impression does not say
 * @param maxWeight where weights are clipped: the variance an inverse propensity brings grows with its largest value
 * @param minDwell a shorter stay is no click; a click of unknown dwell counts
 */
public record AttributionRules(
        int maxResults, int maxNegatives, double propensityEta, double maxWeight, Duration minDwell) {
    private static final Comparator<Click> EARLIEST_THEN_LONGEST = Comparator.comparing(Click::ts)
            .thenComparing(Comparator.comparingLong(AttributionRules::dwell).reversed());

    static AttributionRules of(AttributionConfig config) {
        return new AttributionRules(
                config.maxResults(),
                config.maxNegatives(),
                config.propensityEta(),
                config.maxWeight(),
                config.minDwell());
    }

    boolean counts(Click click) {
        return dwell(click) >= minDwell.toMillis();
    }

    /** Which of two clicks on one document stands for both, whatever their order. */
    public Click preferred(Click one, Click other) {
        return Comparator.comparing(this::counts, Comparator.reverseOrder())
                                .thenComparing(EARLIEST_THEN_LONGEST)
                                .compare(one, other)
                        <= 0
                ? one
                : other;
    }

    /** Inverse propensity weighting, Joachims, Swaminathan and Schnabel 2017, "Unbiased Learning-to-Rank". */
    double weight(Impression.Result clicked) {
        final double propensity = clicked.propensity().orElseGet(() -> Math.pow(clicked.position(), -propensityEta));
        return Math.min(maxWeight, 1 / propensity);
    }

    private static long dwell(Click click) {
        return click.dwellMs().orElse(Long.MAX_VALUE);
    }
}
