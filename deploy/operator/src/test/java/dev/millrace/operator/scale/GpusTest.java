package dev.millrace.operator.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GpusTest {
    private static final String WHOLE = "nvidia.com/gpu";
    private static final String SLICE = "nvidia.com/mig-1g.10gb";

    @Test
    void freeIsWhatNodesHaveAndNobodyAsksFor() {
        // Given
        final List<Node> nodes = List.of(
                node("a", WHOLE, 4), node("b", WHOLE, 2), node("slices", SLICE, 7), cordoned(node("away", WHOLE, 8)));
        final List<Pod> pods = List.of(
                pod("a", WHOLE, 1, "Running"),
                pod("b", WHOLE, 1, "Pending"),
                pod("a", WHOLE, 1, "Succeeded"),
                pod("slices", SLICE, 2, "Running"),
                pod("away", WHOLE, 3, "Running"));

        // When
        final List<Integer> free =
                List.of(Gpus.free(WHOLE, Map.of(), nodes, pods), Gpus.free(SLICE, Map.of(), nodes, pods));

        // Then
        assertThat(free).containsExactly(4, 5);
    }

    @Test
    void aPodThatWaitsForANodeHasAClaimAsWell() {
        // Given
        final List<Node> nodes = List.of(node("a", WHOLE, 2));
        final Pod waiting = new PodBuilder(pod("a", WHOLE, 3, "Pending"))
                .editSpec()
                .withNodeName(null)
                .endSpec()
                .build();

        // When
        final int free = Gpus.free(WHOLE, Map.of(), nodes, List.of(waiting));

        // Then
        assertThat(free).isZero();
    }

    @Test
    void nodesWhereTrainersMayNotGoDoNotCount() {
        // Given
        final Node ours = new NodeBuilder(node("a", WHOLE, 2))
                .editMetadata()
                .addToLabels("pool", "gpu")
                .endMetadata()
                .build();

        // When
        final int free = Gpus.free(WHOLE, Map.of("pool", "gpu"), List.of(ours, node("b", WHOLE, 5)), List.of());

        // Then
        assertThat(free).isEqualTo(2);
    }

    private static Node node(String name, String resource, int count) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .addToAllocatable(resource, new Quantity(String.valueOf(count)))
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
    }

    private static Node cordoned(Node node) {
        return new NodeBuilder(node)
                .editSpec()
                .withUnschedulable(true)
                .endSpec()
                .build();
    }

    private static Pod pod(String node, String resource, int count, String phase) {
        return new PodBuilder()
                .withNewSpec()
                .withNodeName(node)
                .addNewContainer()
                .withNewResources()
                .addToLimits(resource, new Quantity(String.valueOf(count)))
                .endResources()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }
}
