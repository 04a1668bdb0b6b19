package dev.millrace.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Pods of one component, as their controller tells it.
 *
 * @param component such as {@code trainer}
 * @param wanted how many there are to be
 * @param updated how many are as they were asked for last; 0 until the controller has looked
 * @param ready how many answer, as they were asked for or not: those that are about to go may be among them
 * @param selector of its pods, as {@code kubectl -l} takes it
 */
public record Workload(String component, int wanted, int updated, int ready, String selector) {
    static Workload of(StatefulSet set) {
        final Optional<StatefulSetStatus> status = Optional.ofNullable(set.getStatus());
        return new Workload(
                component(set),
                number(set.getSpec().getReplicas(), 1),
                status.filter(seen -> isOf(set, seen.getObservedGeneration()))
                        .map(seen -> number(seen.getUpdatedReplicas(), 0))
                        .orElse(0),
                status.map(seen -> number(seen.getReadyReplicas(), 0)).orElse(0),
                selector(set.getSpec().getSelector().getMatchLabels()));
    }

    static Workload of(Deployment deployment) {
        final Optional<DeploymentStatus> status = Optional.ofNullable(deployment.getStatus());
        return new Workload(
                component(deployment),
                number(deployment.getSpec().getReplicas(), 1),
                status.filter(seen -> isOf(deployment, seen.getObservedGeneration()))
                        .map(seen -> number(seen.getUpdatedReplicas(), 0))
                        .orElse(0),
                status.map(seen -> number(seen.getReadyReplicas(), 0)).orElse(0),
                selector(deployment.getSpec().getSelector().getMatchLabels()));
    }

    public boolean settled() {
        return updated >= wanted && ready >= wanted;
    }

    private static boolean isOf(HasMetadata object, Long observed) {
        return number(observed) >= number(object.getMetadata().getGeneration());
    }

    private static String component(HasMetadata object) {
        return object.getMetadata().getLabels().get("app.kubernetes.io/component");
    }

    private static String selector(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(","));
    }

    private static int number(Integer replicas, int absent) {
        return Objects.requireNonNullElse(replicas, absent);
    }

    private static long number(Long generation) {
        return Objects.requireNonNullElse(generation, 0L);
    }
}
