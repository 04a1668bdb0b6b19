package dev.millrace.operator.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PrinterColumn;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.Objects;

/** Trainers as they are. */
public record TrainersStatus(
        @StatusReplicas @PrinterColumn(name = "Trainers") Integer replicas,

        Integer ready,

        @JsonPropertyDescription("Why there are so many") String reason,

        @LabelSelector @JsonPropertyDescription("Their pods, for who scales by them")
        String selector) {

    public TrainersStatus {
        replicas = Objects.requireNonNullElse(replicas, 0);
        ready = Objects.requireNonNullElse(ready, 0);
        reason = Objects.requireNonNullElse(reason, "");
        selector = Objects.requireNonNullElse(selector, "");
    }

    static TrainersStatus none() {
        return new TrainersStatus(0, 0, "", "");
    }
}
