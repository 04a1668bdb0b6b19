package dev.millrace.operator.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PrinterColumn;

/** Which versions there are, and what the newest is worth. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record QualityStatus(
        @PrinterColumn(name = "Served") @JsonPropertyDescription("The version that callers are answered by")
        String servedVersion,

        @PrinterColumn(name = "Head") @JsonPropertyDescription("The lineage's newest version")
        String headVersion,

        @PrinterColumn(name = "Hit@1")
        @JsonPropertyDescription("Share of held-out pairs of which the head finds the answer first")
        Double hitAt1,

        @JsonPropertyDescription("What the gate decided of it: trusted or refused")
        String gate) {

    static QualityStatus unknown() {
        return new QualityStatus(null, null, null, null);
    }
}
