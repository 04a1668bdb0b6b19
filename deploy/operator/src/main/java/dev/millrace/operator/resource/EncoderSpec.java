package dev.millrace.operator.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import java.util.Map;
import java.util.Objects;

/**
 * What is wanted. Everything that the chart can do can be said; what has a field of its own is said there, the rest in
 * {@code values}.
 */
public record EncoderSpec(
        @JsonPropertyDescription("The model that becomes version 0 of a bucket without one")
        ModelSpec model,

        @Required @JsonPropertyDescription("The Kafka that pairs, impressions and clicks come from")
        StreamSpec stream,

        @Required @JsonPropertyDescription("Where the versions lie")
        BucketSpec bucket,

        @Required @JsonPropertyDescription("Who may call the services")
        AccessSpec access,

        @JsonPropertyDescription("A kind of stream, with the settings that suit it: search, faq, unsupervised, ...")
        String preset,

        @JsonPropertyDescription("Keys of millrace.learning.* without that prefix")
        Map<String, JsonNode> learning,

        @JsonPropertyDescription("Keys of millrace.gate.* without that prefix: what is trusted")
        Map<String, JsonNode> gate,

        @Default("stable")
        @Pattern("^[a-z0-9][a-z0-9.\\-]*$")
        @JsonPropertyDescription("What encoders follow, and trusted versions are promoted to")
        String channel,

        @JsonPropertyDescription("How many learn, and on what")
        TrainersSpec trainers,

        @JsonPropertyDescription("How many serve, and on what")
        EncodersSpec encoders,

        @JsonPropertyDescription("What the pods run") ImagesSpec images,

        @JsonPropertyDescription("Values of the Helm chart that have no field here; secrets are named, never written")
        Map<String, JsonNode> values) {

    public EncoderSpec {
        model = Objects.requireNonNullElseGet(model, () -> new ModelSpec("", ""));
        stream = Objects.requireNonNullElseGet(stream, () -> new StreamSpec("", "", null, Map.of(), ""));
        bucket = Objects.requireNonNullElseGet(bucket, () -> new BucketSpec("", "", "", "", ""));
        access = Objects.requireNonNullElseGet(access, () -> new AccessSpec(""));
        preset = Objects.requireNonNullElse(preset, "");
        learning = Objects.requireNonNullElseGet(learning, Map::of);
        gate = Objects.requireNonNullElseGet(gate, Map::of);
        channel = Objects.requireNonNullElse(channel, "stable");
        trainers = Objects.requireNonNullElseGet(trainers, TrainersSpec::defaults);
        encoders = Objects.requireNonNullElseGet(encoders, EncodersSpec::defaults);
        images = Objects.requireNonNullElseGet(images, ImagesSpec::defaults);
        values = Objects.requireNonNullElseGet(values, Map::of);
    }

    /** Of a resource without a spec, which the definition forbids and an older one may not have. */
    public static EncoderSpec blank() {
        return new EncoderSpec(null, null, null, null, null, null, null, null, null, null, null, null);
    }
}
