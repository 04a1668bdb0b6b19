package dev.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.deploy.Rendered;
import dev.millrace.devstack.DevStack;
import dev.millrace.devstack.RandomModel;
import dev.millrace.devstack.clients.PairsTopic;
import dev.millrace.devstack.clients.PatientProducer;
import dev.millrace.devstack.clients.Versions;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.options.SpareProcess;
import dev.millrace.devstack.options.StackOptions;
import dev.millrace.devstack.process.Await;
import dev.millrace.devstack.process.Screen;
import dev.millrace.events.record.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole circle: real lag, the real KEDA, real pods, and beside each that is ready a real trainer that takes lag away. */
@Tag("cluster")
final class TrainersFollowLagTest {
    private static final int PARTITIONS = 8;
    private static final int PAIRS = 3000;
    private static final List<String> TRAINERS = List.of("trainer", "trainer-2", "trainer-3");
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private final DevStack stack = DevStack.start(options(), Screen.stdout());
    private final Versions versions = new Versions(stack.endpoints().s3());
    private final String namespace = SharedPlane.namespace();
    private final Release release = new Release(
            SharedPlane.get().api(),
            namespace,
            Rendered.with("minimal", scaled(stack.endpoints().kafka())).documents());

    private static StackOptions options() {
        StackOptions options = StackOptions.in(SharedPlane.folder("stack"))
                .withModel(RandomModel.folder())
                .withPartitions(PARTITIONS)
                .withSettings(
                        Service.TRAINER,
                        Map.of(
                                "millrace.trainer.window-pairs", "32",
                                "millrace.trainer.window-time", "PT2S",
                                // What a random model learns from made-up words is not what this is about.
                                "millrace.gate.tolerance", "1",
                                "millrace.gate.drift", "2",
                                "millrace.gate.latency-factor", "1000"));
        return options.withSpare(new SpareProcess(TRAINERS.get(1), Service.TRAINER, Map.of()))
                .withSpare(new SpareProcess(TRAINERS.get(2), Service.TRAINER, Map.of()));
    }

    private static Map<String, Object> scaled(String kafka) {
        String autoscaling = "trainer.autoscaling.";
        return Map.ofEntries(
                Map.entry("kafka.bootstrapServers", kafka),
                Map.entry("kafka.pairsPartitions", PARTITIONS),
                Map.entry(autoscaling + "enabled", true),
                Map.entry(autoscaling + "maxReplicas", TRAINERS.size()),
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
        release.apply().awaitWorkloads();
        try (PodsAtWork work = new PodsAtWork(release, stack, TRAINERS)) {
            // When
            new PatientProducer(stack.endpoints().ingestion(), new Await(Screen.silent(), PATIENCE)).pairs(pairs());

            // Then
            await("a trainer for each pod").atMost(PATIENCE).until(() -> work.most() == TRAINERS.size());
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

    private static List<Pair> pairs() {
        return IntStream.range(0, PAIRS)
                .mapToObj(number -> new Pair(
                        "pair-" + number,
                        "the meaning of " + number,
                        Optional.of("what " + number + " stands for"),
                        List.of(),
                        OptionalDouble.empty(),
                        1.0,
                        Optional.empty(),
                        "test",
                        Instant.now()))
                .toList();
    }
}
