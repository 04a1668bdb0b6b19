package dev.millrace.operator.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import java.util.Objects;

/** When trainers are added and taken away; all in seconds. */
public record ScalingSpec(
        @Min(1)
        @Max(604_800)
        @Default("300")
        @JsonPropertyDescription("How old the oldest pair that is not learned yet may be before trainers are added")
        Integer behindSeconds,

        @Min(0)
        @Max(3_600)
        @Default("60")
        @JsonPropertyDescription("For how long more must be wanted before there are more")
        Integer scaleUpStabilizationSeconds,

        @Min(0)
        @Max(86_400)
        @Default("600")
        @JsonPropertyDescription("For how long fewer must be enough before one goes: longer than a window takes")
        Integer scaleDownStabilizationSeconds) {

    private static final int BEHIND = 300;
    private static final int SCALE_UP = 60;
    private static final int SCALE_DOWN = 600;

    public ScalingSpec {
        behindSeconds = Objects.requireNonNullElse(behindSeconds, BEHIND);
        scaleUpStabilizationSeconds = Objects.requireNonNullElse(scaleUpStabilizationSeconds, SCALE_UP);
        scaleDownStabilizationSeconds = Objects.requireNonNullElse(scaleDownStabilizationSeconds, SCALE_DOWN);
    }

    static ScalingSpec defaults() {
        return new ScalingSpec(BEHIND, SCALE_UP, SCALE_DOWN);
    }
}
