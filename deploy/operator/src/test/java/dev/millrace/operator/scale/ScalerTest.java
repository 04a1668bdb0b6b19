package dev.millrace.operator.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.Encoders;
import dev.millrace.operator.resource.Encoder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
final class ScalerTest {
    private static final String GPU = "nvidia.com/gpu";
    private static final Encoder WANTS_TEN =
            Encoders.with("{stream: {partitions: 16}, trainers: {max: 12, replicas: 10, gpu: nvidia.com/gpu}}");

    private KubernetesClient client;

    @Test
    void trainersWhosePodsAreStillToBeMadeHaveTheirGpusToo() {
        // Given: of eight trainers that were decided on a moment ago three have pods
        gpus(8);
        trainers(3);

        // When
        final Decision decision =
                new Scaler(client, InstantSource.system()).decide(WANTS_TEN, Optional.of(8), Optional.empty());

        // Then
        assertThat(decision.replicas()).isEqualTo(8);
        assertThat(decision.reason()).endsWith("10 wanted, GPUs for 8");
    }

    @Test
    void asManyMayComeAsThereAreGpusFree() {
        // Given
        gpus(6);
        trainers(2);

        // When
        final Decision decision =
                new Scaler(client, InstantSource.system()).decide(WANTS_TEN, Optional.of(2), Optional.empty());

        // Then
        assertThat(decision.replicas()).isEqualTo(6);
    }

    private void gpus(int number) {
        client.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName("gpu")
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .withNewStatus()
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .addToAllocatable(GPU, Quantity.parse(Integer.toString(number)))
                        .endStatus()
                        .build())
                .create();
    }

    private void trainers(int number) {
        for (int ordinal = 0; ordinal < number; ordinal++) {
            client.resource(new PodBuilder()
                            .withNewMetadata()
                            .withName("shop-millrace-trainer-" + ordinal)
                            .withNamespace("mill")
                            .withLabels(Map.of(
                                    "app.kubernetes.io/instance", "shop", "app.kubernetes.io/component", "trainer"))
                            .endMetadata()
                            .withNewSpec()
                            .withNodeName("gpu")
                            .addNewContainer()
                            .withNewResources()
                            .addToLimits(GPU, Quantity.parse("1"))
                            .endResources()
                            .endContainer()
                            .endSpec()
                            .withNewStatus()
                            .withPhase("Running")
                            .endStatus()
                            .build())
                    .create();
        }
    }
}
