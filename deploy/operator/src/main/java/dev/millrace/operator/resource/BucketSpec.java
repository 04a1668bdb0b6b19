package dev.millrace.operator.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.Objects;

/** The given bucket. */
public record BucketSpec(
        @Required @JsonPropertyDescription("http(s)://host[:port] of the S3 server")
        String endpoint,

        @JsonPropertyDescription("The server's region; us-east-1 unless said otherwise")
        String region,

        @JsonPropertyDescription("The bucket; millrace unless said otherwise")
        String name,

        @JsonPropertyDescription("A folder in it") String prefix,

        @Required @JsonPropertyDescription("A Secret with the keys access-key and secret-key")
        String secret) {

    public BucketSpec {
        endpoint = Objects.requireNonNullElse(endpoint, "");
        region = Objects.requireNonNullElse(region, "");
        name = Objects.requireNonNullElse(name, "");
        prefix = Objects.requireNonNullElse(prefix, "");
        secret = Objects.requireNonNullElse(secret, "");
    }
}
