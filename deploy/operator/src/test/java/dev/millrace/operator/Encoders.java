package dev.millrace.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.millrace.operator.resource.Encoder;
import dev.millrace.operator.resource.EncoderSpec;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Encoders as a person writes them. */
public final class Encoders {
    private static final YAMLMapper YAML = new YAMLMapper();

    /** All that must be said. */
    private static final String SMALLEST = """
        apiVersion: millrace.dev/v1alpha1
        kind: Encoder
        metadata: {name: shop, namespace: mill, uid: 7f3e, generation: 1}
        spec:
          stream: {bootstrapServers: "kafka:9092"}
          bucket: {endpoint: "http://minio:9000", secret: given-s3}
          access: {secret: given-token}
        """;

    private Encoders() {}

    public static Encoder smallest() {
        return with("{}");
    }

    /** The smallest, and this YAML of a spec over it. */
    public static Encoder with(String spec) {
        try {
            final ObjectNode encoder = (ObjectNode) YAML.readTree(SMALLEST);
            final JsonNode merged = YAML.readerForUpdating(encoder.get("spec")).readValue(spec);
            encoder.set("spec", merged);
            return read(encoder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static EncoderSpec spec(String spec) {
        return with(spec).getSpec();
    }

    public static Encoder read(String yaml) {
        try {
            return YAML.readValue(yaml, Encoder.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
