package dev.millrace.operator.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import java.util.Objects;

/** Encoders: where min is below max, their number follows the CPU they use. */
public record EncodersSpec(
        @Min(1) @Max(1_000) @Default("2") Integer min,

        @Min(1) @Max(1_000) @JsonPropertyDescription("2, or min where that is more, unless said otherwise")
        Integer max,

        @Pattern("^$|^nvidia\\.com/(gpu|mig-[0-9]+g\\.[0-9]+gb(\\.[a-z0-9.]+)?)$")
        @JsonPropertyDescription("One of these for each; empty: none")
        String gpu) {

    private static final int REPLICAS = 2;

    public EncodersSpec {
        min = Objects.requireNonNullElse(min, REPLICAS);
        max = Objects.requireNonNullElse(max, Math.max(min, REPLICAS));
        gpu = Objects.requireNonNullElse(gpu, "");
    }

    static EncodersSpec defaults() {
        return new EncodersSpec(REPLICAS, REPLICAS, "");
    }
}
