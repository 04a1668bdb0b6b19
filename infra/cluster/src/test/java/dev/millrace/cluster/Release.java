package dev.millrace.cluster;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What was rendered, in a namespace of a control plane. */
record Release(ApiServer api, String namespace, List<JsonNode> objects) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int TRIES = 20;

    /** As Helm orders them in the parts that matter: pods need their service account. */
    Release apply() {
        Stream.of(true, false)
                .flatMap(first -> objects.stream()
                        .filter(object -> object.path("kind").asText().equals("ServiceAccount") == first))
                .forEach(object -> api.apply(namespace, object));
        return this;
    }

    /** What an operator makes before: the Secrets that the values name. KEDA reads what the pods that it scales are given. */
    Release givenSecrets() {
        api.apply(namespace, Yaml.read("""
                apiVersion: v1
                kind: Secret
                metadata: {name: given-s3}
                stringData: {access-key: given, secret-key: given-too}
                """));
        api.apply(namespace, Yaml.read("""
                apiVersion: v1
                kind: Secret
                metadata: {name: given-token}
                stringData: {token: given}
                """));
        return this;
    }

    ObjectName name(JsonNode object) {
        return ObjectName.of(object, namespace);
    }

    List<ObjectName> names() {
        return objects.stream().map(this::name).toList();
    }

    List<JsonNode> ofKind(String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .map(object -> api.get(name(object)))
                .toList();
    }

    JsonNode one(String kind, String service) {
        return ofKind(kind).stream()
                .filter(object -> object.at("/metadata/name").asText().endsWith("-" + service))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Those that another apply changes. Their controllers write to them, too, and as an apply may meet such a change, it is repeated:
     * one that changes something itself does so every time.
     */
    List<ObjectName> changedByApplyingAgain() {
        return objects.stream().filter(this::changesEveryTime).map(this::name).toList();
    }

    private boolean changesEveryTime(JsonNode object) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            String before = version(api.get(name(object)));
            if (version(api.apply(namespace, object)).equals(before)) {
                return false;
            }
        }
        return true;
    }

    private static String version(JsonNode object) {
        return object.at("/metadata/resourceVersion").asText();
    }

    void awaitWorkloads() {
        await("workloads of " + namespace).atMost(PATIENCE).until(() -> Stream.of("Deployment", "StatefulSet")
                .flatMap(kind -> ofKind(kind).stream())
                .allMatch(Release::allReady));
    }

    /** Of what is wanted now, not of what was wanted when its controller last looked. */
    static boolean allReady(JsonNode workload) {
        int replicas = workload.at("/spec/replicas").asInt();
        return workload.at("/status/observedGeneration").asInt()
                        == workload.at("/metadata/generation").asInt()
                && workload.at("/status/replicas").asInt() == replicas
                && workload.at("/status/readyReplicas").asInt() == replicas;
    }

    List<JsonNode> pods(String service) {
        ObjectName pods = new ObjectName("v1", "Pod", namespace, "");
        return api.list(pods, "app.kubernetes.io/component=" + service);
    }

    void delete() {
        api.delete(new ObjectName("v1", "Namespace", "", namespace));
    }
}
