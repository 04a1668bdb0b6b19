package dev.millrace.operator.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Objects;

/** The base model: a Hugging Face folder. */
public record ModelSpec(
        @JsonPropertyDescription("The folder, an absolute path in the trainer's pod")
        String path,

        @JsonPropertyDescription("The claim that holds it; without one the image must")
        String claim) {

    public ModelSpec {
        path = Objects.requireNonNullElse(path, "");
        claim = Objects.requireNonNullElse(claim, "");
    }
}
