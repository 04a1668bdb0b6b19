package dev.millrace.operator.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.Objects;

/** The bearer tokens of callers. */
public record AccessSpec(
        @Required @JsonPropertyDescription("A Secret with the key token, or with producer, reader and admin")
        String secret) {

    public AccessSpec {
        secret = Objects.requireNonNullElse(secret, "");
    }
}
