package dev.millrace.cluster;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An {@code Encoder} called shop in a namespace, as a person makes and changes it, and what the operator makes of it. */
record EncoderObjects(ApiServer api, String namespace) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    ObjectName name() {
        return new ObjectName("millrace.dev/v1alpha1", "Encoder", namespace, "shop");
    }

    /** With so many encoder pods, and the rest of the spec in YAML's flow style. */
    EncoderObjects apply(int encoders, String spec) {
        api.apply(namespace, Yaml.read("""
                apiVersion: millrace.dev/v1alpha1
                kind: Encoder
                metadata: {name: shop}
                spec:
                  stream: {bootstrapServers: "kafka:9092", partitions: 16}
                  bucket: {endpoint: "http://minio:9000", secret: given-s3}
                  access: {secret: given-token}
                  encoders: {min: %1$d, max: %1$d}
                %2$s
                """.formatted(encoders, spec.indent(2))));
        return this;
    }

    JsonNode status() {
        return api.get(name()).path("status");
    }

    /** Waits until all pods are as asked for, and the status says so. */
    EncoderObjects awaitSettled() {
        await("encoder " + namespace).atMost(PATIENCE).until(() -> {
            JsonNode encoder = api.get(name());
            Conditions conditions = Conditions.of(encoder);
            return encoder.at("/status/observedGeneration").asInt()
                            == encoder.at("/metadata/generation").asInt()
                    && conditions.isTrue("Ready")
                    && conditions.isFalse("Progressing");
        });
        return this;
    }

    /** What the operator says that it has applied. */
    List<ObjectName> objects() {
        return ApiServer.items(status().path("objects")).stream()
                .map(JsonNode::asText)
                .map(this::object)
                .toList();
    }

    private ObjectName object(String written) {
        String[] parts = written.split("/");
        int kind = parts.length - 2;
        String apiVersion = String.join("/", List.of(parts).subList(0, kind));
        return new ObjectName(apiVersion, parts[kind], namespace, parts[kind + 1]);
    }

    ObjectName workload(String kind, String component) {
        return new ObjectName("apps/v1", kind, namespace, "shop-millrace-" + component);
    }

    int trainers() {
        return api.get(workload("StatefulSet", "trainer")).at("/spec/replicas").asInt();
    }

    /** The encoder's and every object's, by its name. */
    Map<String, String> resourceVersions() {
        Map<String, String> versions = new TreeMap<>();
        versions.put(name().toString(), resourceVersion(name()));
        objects().forEach(object -> versions.put(object.toString(), resourceVersion(object)));
        return versions;
    }

    private String resourceVersion(ObjectName object) {
        return api.get(object).at("/metadata/resourceVersion").asText();
    }
}
