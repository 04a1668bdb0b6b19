package dev.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.deploy.Rendered;
import dev.millrace.devstack.DevStack;
import dev.millrace.devstack.clients.PairsTopic;
import dev.millrace.devstack.clients.Versions;
import dev.millrace.devstack.process.Screen;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole circle: real lag, the real KEDA, real pods, and beside each that is ready a real trainer that takes lag away. */
@Tag("cluster")
final class TrainersFollowLagTest {
    private static final int PAIRS = 3000;
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private final DevStack stack = DevStack.start(SmallStack.options(), Screen.stdout());
    private final Versions versions = new Versions(stack.endpoints().s3());
    private final String namespace = SharedPlane.namespace();
    private final Release release = new Release(
            SharedPlane.withKeda().api(),
            namespace,
            Rendered.with("minimal", scaled(stack.endpoints().kafka())).documents());

    private static Map<String, Object> scaled(String kafka) {
        String autoscaling = "trainer.autoscaling.";
        return Map.ofEntries(
                Map.entry("kafka.bootstrapServers", kafka),
                Map.entry("kafka.pairsPartitions", SmallStack.PARTITIONS),
                Map.entry(autoscaling + "enabled", true),
                Map.entry(autoscaling + "maxReplicas", SmallStack.TRAINERS.size()),
                Map.entry(autoscaling + "lagThreshold", 200),
                Map.entry(autoscaling + "pollingIntervalSeconds", 5),
                // On a busy machine a window may take longer than a poll: what the chart's documents say to do then.
                Map.entry(autoscaling + "excludePersistentLag", false),
                Map.entry(autoscaling + "scaleUpStabilizationSeconds", 0),
                Map.entry(autoscaling + "scaleDownStabilizationSeconds", 10),
                Map.entry(autoscaling + "scaleDownPeriodSeconds", 5));
    }

    @AfterEach
    void stop() {
        release.delete();
        versions.close();
        stack.close();
    }

    @Test
    void trainersComeWithTheLagAndGoWithItAndEveryPairIsLearnedOnce() {
        // Given
        release.givenSecrets().apply().awaitWorkloads();
        try (PodsAtWork work = new PodsAtWork(release, stack, SmallStack.TRAINERS)) {
            // When
            SmallStack.post(stack, PAIRS);

            // Then
            await("a trainer for each pod").atMost(PATIENCE).until(() -> work.most() == SmallStack.TRAINERS.size());
            await("all is learned")
                    .atMost(PATIENCE)
                    .until(() -> versions.records().total()
                            == PairsTopic.places(stack.endpoints().kafka()).size());
            await("one is left")
                    .atMost(PATIENCE)
                    .until(() -> release.one("StatefulSet", "trainer")
                                    .at("/spec/replicas")
                                    .asInt()
                            == 1);
        }
        assertThat(PairsTopic.ids(stack.endpoints().kafka())).hasSize(PAIRS);
        assertThat(versions.records().duplicates()).isZero();
    }
}
