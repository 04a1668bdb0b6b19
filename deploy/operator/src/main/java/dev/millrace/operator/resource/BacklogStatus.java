package dev.millrace.operator.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PrinterColumn;

/** What the stream has and the lineage has not. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BacklogStatus(
        @PrinterColumn(name = "Lag") @JsonPropertyDescription("Records that are not learned yet")
        Long records,

        @PrinterColumn(name = "Behind") @JsonPropertyDescription("Age of the oldest of them, in seconds")
        Long behindSeconds,

        @JsonPropertyDescription("Partitions that have some: more trainers than that have nothing to do")
        Integer partitions) {

    static BacklogStatus unknown() {
        return new BacklogStatus(null, null, null);
    }
}
