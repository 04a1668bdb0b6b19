package dev.millrace.trainer.learning;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** When a version is trusted enough for the stable channel. */
@ConfigMapping(prefix = "millrace.gate")
public interface GateConfig {
    /** How far held-out hit@1 may lie below that of the last promoted version, however many pairs it is measured on. */
    @WithDefault("0.02")
    @DecimalMin("0")
    @DecimalMax("1")
    double tolerance();

    /** What is tolerated besides is this over the root of the number of held-out pairs: the measure's own noise. */
    @WithDefault("1")
    @DecimalMin("0")
    @DecimalMax("10")
    double noise();

    /** Below this many held-out pairs the figure says nothing and every version is trusted. */
    @WithDefault("30")
    @Min(1)
    @Max(100_000)
    int minHeldOut();
}
