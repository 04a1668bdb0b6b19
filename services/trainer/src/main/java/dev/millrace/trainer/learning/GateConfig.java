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
    /** How far held-out hit@1 may lie below that of the last promoted version: the measure's own noise. */
    @WithDefault("0.02")
    @DecimalMin("0")
    @DecimalMax("1")
    double tolerance();

    /** Below this many held-out pairs the figure says nothing and every version is trusted. */
    @WithDefault("30")
    @Min(1)
    @Max(100_000)
    int minHeldOut();
}
