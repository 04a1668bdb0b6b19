package dev.millrace.operator.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.Objects;
import java.util.Optional;

/** Trainers: how many there may be, how far behind the stream they may fall, and how quickly their number follows. */
public record TrainersSpec(
        @Min(1) @Max(10_000) @Default("1") @JsonPropertyDescription("Never fewer, whatever the broker answers")
        Integer min,

        @Min(1)
        @Max(10_000)
        @JsonPropertyDescription(
                "Never more, nor more than partitions, nor than GPUs; 4, or min, unless said otherwise")
        Integer max,

        @Min(0)
        @Max(10_000)
        @SpecReplicas
        @JsonPropertyDescription(
                "So many, between min and max: what kubectl scale sets. Absent: by how far behind they are")
        Integer replicas,

        @JsonPropertyDescription("How far behind, and how quickly their number follows")
        ScalingSpec scaling,

        @Pattern("^$|^nvidia\\.com/(gpu|mig-[0-9]+g\\.[0-9]+gb(\\.[a-z0-9.]+)?)$")
        @JsonPropertyDescription("One of these for each: nvidia.com/gpu, nvidia.com/mig-1g.10gb; empty: none")
        String gpu) {

    private static final int MIN = 1;
    private static final int MAX = 4;

    public TrainersSpec {
        min = Objects.requireNonNullElse(min, MIN);
        max = Objects.requireNonNullElse(max, Math.max(min, MAX));
        scaling = Objects.requireNonNullElseGet(scaling, ScalingSpec::defaults);
        gpu = Objects.requireNonNullElse(gpu, "");
    }

    static TrainersSpec defaults() {
        return new TrainersSpec(MIN, MAX, null, ScalingSpec.defaults(), "");
    }

    /** The number that a person, or a scaler of their own, asks for; none where the operator decides. */
    public Optional<Integer> asked() {
        return Optional.ofNullable(replicas).filter(number -> number > 0);
    }
}
