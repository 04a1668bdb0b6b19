package dev.millrace.cluster;

import dev.millrace.deploy.Rendered;
import dev.millrace.deploy.Repository;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One way in which the chart is used: a set of values of its folder {@code ci}, and what is changed of it.
 *
 * @param changes dotted paths of values
 */
record Combination(String title, String values, Map<String, Object> changes) {
    /** What {@code deploy/README.md} documents, beyond the sets as they are. */
    private static final List<Combination> DOCUMENTED = List.of(
            minimal("trainers scaled on lag", Map.of("trainer.autoscaling.enabled", true)),
            minimal(
                    "fronts scaled on CPU",
                    Map.of("ingestion.autoscaling.enabled", true, "encoder.autoscaling.enabled", true)),
            minimal("a GPU for trainers alone", Map.of("trainer.gpu.enabled", true)),
            minimal("network policies for all of a namespace", Map.of("networkPolicy.enabled", true)),
            minimal(
                    "network policies for others",
                    Map.of(
                            "networkPolicy.enabled", true,
                            "networkPolicy.callers[0].namespaceSelector.matchLabels.team", "search",
                            "networkPolicy.monitoring[0].ipBlock.cidr", "10.1.0.0/16")),
            minimal(
                    "a pod monitor with the admins' token",
                    Map.of("metrics.podMonitor.enabled", true, "metrics.podMonitor.withAdminToken", true)),
            minimal("topics and bucket made by a job", Map.of("init.enabled", true)),
            minimal(
                    "an ingress with TLS",
                    Map.of(
                            "encoder.ingress.enabled", true,
                            "encoder.ingress.host", "vectors.example",
                            "encoder.ingress.className", "nginx",
                            "encoder.ingress.annotations.team", "search",
                            "encoder.ingress.tlsSecret", "vectors-tls")),
            minimal(
                    "a base model from a claim",
                    Map.of("trainer.baseModel.path", "/models/base", "trainer.baseModel.existingClaim", "base-model")),
            minimal(
                    "a token for each role",
                    Map.of(
                            "http.existingSecret", "",
                            "http.tokens.producer", "marked-producer",
                            "http.tokens.reader", "marked-reader",
                            "http.tokens.admin", "marked-admin")),
            minimal("Kafka's secrets given", Map.of("kafka.existingSecret", "given-kafka")),
            minimal(
                    "another's service account",
                    Map.of("serviceAccount.create", false, "serviceAccount.name", "default")),
            minimal("an identity of the cloud", Map.of("serviceAccount.annotations.role-arn", "arn:aws:iam::1:role/m")),
            minimal(
                    "an image by its digest",
                    Map.of("image.digests.encoder", "sha256:" + "0123456789abcdef".repeat(4))),
            minimal(
                    "a load balancer",
                    Map.of("ingestion.service.type", "LoadBalancer", "ingestion.service.annotations.team", "search")),
            minimal("no budgets", Map.of("encoder.disruptionBudget.enabled", false)),
            new Combination(
                    "everything, on GPUs", "full", Map.of("encoder.gpu.enabled", true, "trainer.gpu.enabled", true)));

    private static Combination minimal(String title, Map<String, Object> changes) {
        return new Combination(title, "minimal", changes);
    }

    static Stream<Combination> all() {
        Stream<Combination> sets =
                Repository.valueSets().stream().map(values -> new Combination(values, values, Map.of()));
        return Stream.concat(sets, DOCUMENTED.stream());
    }

    Release release(String namespace) {
        return new Release(
                SharedPlane.get().api(),
                namespace,
                Rendered.with(values, changes).documents());
    }

    @Override
    public String toString() {
        return title;
    }
}
