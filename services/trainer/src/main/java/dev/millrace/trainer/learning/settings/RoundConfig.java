package dev.millrace.trainer.learning.settings;

import dev.millrace.service.range.Within;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;

/** How several trainers learn one lineage; a trainer that has the topic to itself needs none of it. */
@ConfigMapping(prefix = "millrace.round")
public interface RoundConfig {
    /** Of the partitions with something to learn in them, the share that is enough to merge after the grace. */
    @WithDefault("0.5")
    @Within("0.01 .. 1")
    double quorum();

    @WithDefault("PT5S")
    @Within("0 .. 1 h")
    Duration grace();

    /** After the first contribution, the longest that a round lasts. */
    @WithDefault("PT2M")
    @Within("1 s .. 24 h")
    Duration deadline();

    /** Whether a trainer learns its next window while its share waits to be merged. */
    @WithDefault("true")
    boolean ahead();

    /** How a change of weights is written. */
    @WithDefault("bf16")
    @Pattern(regexp = "fp32|bf16|int8|top-k")
    String codec();

    /** How far the merged weights go along the mean of the contributions. */
    @WithDefault("1")
    @Within("0.01 .. 100")
    double rate();

    /** Of the outer step: the share of earlier rounds' direction that stays. */
    @WithDefault("0")
    @Within("0 .. 0.99")
    double momentum();

    /** Power of the number of trainers that the rate grows with. */
    @WithDefault("0.5")
    @Within("0 .. 1")
    double scaling();

    @AssertTrue(message = "millrace.round.grace must not be longer than millrace.round.deadline")
    default boolean isGraceWithinDeadline() {
        return grace().compareTo(deadline()) <= 0;
    }
}
