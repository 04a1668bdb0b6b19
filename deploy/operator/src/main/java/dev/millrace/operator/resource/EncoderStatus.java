package dev.millrace.operator.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PrinterColumn;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;

/** What was seen last. A figure that nobody gave is absent. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EncoderStatus(
        @JsonPropertyDescription("The generation of the spec that all this is of")
        long observedGeneration,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = SaysSomething.class)
        @JsonPropertyDescription("What callers are answered by, and how good it is")
        QualityStatus quality,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = SaysSomething.class)
        @JsonPropertyDescription("How far the trainers are behind the stream")
        BacklogStatus backlog,

        TrainersStatus trainers,

        @PrinterColumn(name = "Progress") @JsonPropertyDescription("All this in a sentence")
        String progress,

        @JsonPropertyDescription("What was applied, and goes with this resource: apiVersion/kind/name")
        List<String> objects,

        List<Condition> conditions) {

    public EncoderStatus {
        quality = Objects.requireNonNullElseGet(quality, QualityStatus::unknown);
        backlog = Objects.requireNonNullElseGet(backlog, BacklogStatus::unknown);
        trainers = Objects.requireNonNullElseGet(trainers, TrainersStatus::none);
        progress = Objects.requireNonNullElse(progress, "");
        objects = Objects.requireNonNullElseGet(objects, List::of);
        conditions = Objects.requireNonNullElseGet(conditions, List::of);
    }

    /** Of a resource that was just made. */
    public static EncoderStatus blank() {
        return new EncoderStatus(
                0, QualityStatus.unknown(), BacklogStatus.unknown(), TrainersStatus.none(), "", List.of(), List.of());
    }
}
