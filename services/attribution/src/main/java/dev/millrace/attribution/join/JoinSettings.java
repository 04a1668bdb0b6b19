package dev.millrace.attribution.join;

import dev.millrace.attribution.config.AttributionConfig;
import java.time.Duration;

/**
 * The join's waiting.
 *
 * @param window how long an impression waits for clicks, and a click for its impression
 * @param tick how often what is due is looked for
 * @param quietAfter how long a topic is silent until it counts as read to its end
 * @param settling for how long no wait ends once the topics have got more partitions
 * @param maxWaiting most ids that wait in one partition; above it the earliest are closed before their time
 * @param maxWaitingBytes most bytes that wait in all partitions of this process; above it the same
 */
public record JoinSettings(
        Duration window, Duration tick, Duration quietAfter, Duration settling, int maxWaiting, long maxWaitingBytes) {
    public static JoinSettings of(AttributionConfig config) {
        return new JoinSettings(
                config.window(),
                config.punctuationInterval(),
                config.quietAfter(),
                config.settlingTime(),
                config.maxOpen(),
                config.openBytes());
    }
}
