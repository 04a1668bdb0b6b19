package dev.millrace.operator.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code registry/repository/service:tag}, or a digest. */
public record ImagesSpec(
        String registry,
        String repository,

        @JsonPropertyDescription("The chart's version unless said otherwise")
        String tag,

        @JsonPropertyDescription("sha256:... by service: these very images, whatever the tag has come to mean")
        Map<String, String> digests,

        List<String> pullSecrets) {

    public ImagesSpec {
        registry = Objects.requireNonNullElse(registry, "");
        repository = Objects.requireNonNullElse(repository, "");
        tag = Objects.requireNonNullElse(tag, "");
        digests = Objects.requireNonNullElseGet(digests, Map::of);
        pullSecrets = Objects.requireNonNullElseGet(pullSecrets, List::of);
    }

    static ImagesSpec defaults() {
        return new ImagesSpec("", "", "", Map.of(), List.of());
    }
}
