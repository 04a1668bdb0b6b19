package dev.millrace.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import org.junit.jupiter.api.Test;

final class WorkloadTest {
    @Test
    void podsThatAnswerDoSoBeforeTheirControllerHasSeenTheLastChange() {
        // Given
        final StatefulSet changed = trainers(3, 7, 6);

        // When
        final Workload trainers = Workload.of(changed);

        // Then
        assertThat(trainers.ready()).isEqualTo(2);
        assertThat(trainers.updated()).isZero();
        assertThat(trainers.settled()).isFalse();
    }

    @Test
    void onesThatAreAsTheyWereAskedForAreSettled() {
        // Given
        final StatefulSet seen = trainers(2, 7, 7);

        // When
        final Workload trainers = Workload.of(seen);

        // Then
        assertThat(trainers.settled()).isTrue();
        assertThat(trainers.selector()).isEqualTo("app.kubernetes.io/component=trainer");
    }

    private static StatefulSet trainers(int wanted, long generation, long observed) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withGeneration(generation)
                .addToLabels("app.kubernetes.io/component", "trainer")
                .endMetadata()
                .withNewSpec()
                .withReplicas(wanted)
                .withNewSelector()
                .addToMatchLabels("app.kubernetes.io/component", "trainer")
                .endSelector()
                .endSpec()
                .withNewStatus()
                .withReplicas(2)
                .withReadyReplicas(2)
                .withUpdatedReplicas(2)
                .withObservedGeneration(observed)
                .endStatus()
                .build();
    }
}
