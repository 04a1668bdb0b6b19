package dev.millrace.operator.scale;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How many more pods the nodes have a GPU for, by what is allocatable and what is asked for. */
public final class Gpus {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private Gpus() {}

    /**
     * What is free; 0 where more is asked for than there is.
     *
     * @param resource its name, such as {@code nvidia.com/gpu} or {@code nvidia.com/mig-1g.10gb}
     * @param selector labels of the nodes that count
     * @param pods of all namespaces: those that wait for a node have a claim as well
     */
    public static int free(String resource, Map<String, String> selector, List<Node> nodes, List<Pod> pods) {
        final Map<String, Long> allocatable = nodes.stream()
                .filter(node -> takesPods(node) && matches(node, selector))
                .collect(Collectors.toMap(
                        node -> node.getMetadata().getName(),
                        node -> amount(node.getStatus().getAllocatable(), resource)));
        final long requested = pods.stream()
                .filter(pod -> !ENDED.contains(String.valueOf(pod.getStatus().getPhase())))
                .filter(pod -> Optional.ofNullable(pod.getSpec().getNodeName())
                        .map(allocatable::containsKey)
                        .orElse(true))
                .mapToLong(pod -> requested(pod, resource))
                .sum();
        final long all =
                allocatable.values().stream().mapToLong(Long::longValue).sum();
        return (int) Math.max(0, all - requested);
    }

    private static boolean takesPods(Node node) {
        return !Boolean.TRUE.equals(node.getSpec().getUnschedulable())
                && node.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    private static boolean matches(Node node, Map<String, String> selector) {
        return Optional.ofNullable(node.getMetadata().getLabels())
                .orElse(Map.of())
                .entrySet()
                .containsAll(selector.entrySet());
    }

    private static long requested(Pod pod, String resource) {
        return pod.getSpec().getContainers().stream()
                .map(Container::getResources)
                .flatMap(resources -> Optional.ofNullable(resources).stream())
                .mapToLong(resources ->
                        Math.max(amount(resources.getRequests(), resource), amount(resources.getLimits(), resource)))
                .sum();
    }

    private static long amount(Map<String, Quantity> quantities, String resource) {
        return Optional.ofNullable(quantities)
                .flatMap(named -> Optional.ofNullable(named.get(resource)))
                .map(quantity -> quantity.getNumericalAmount().longValue())
                .orElse(0L);
    }
}
