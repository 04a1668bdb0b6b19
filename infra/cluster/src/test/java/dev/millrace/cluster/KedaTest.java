package dev.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.deploy.Rendered;
import dev.millrace.devstack.process.Screen;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The chart's ScaledObject, read by the real KEDA, beside a real broker. */
@Tag("cluster")
final class KedaTest {
    private static final int MOST = 6;
    private static final int LAG_OF_ONE = 100;
    /** Of each partition: far more than is read while a test looks. */
    private static final int RECORDS = 1000;

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Two of the autoscaler's looks, three of KEDA's polls, and the window of scale-down. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(40);

    private final String namespace = SharedPlane.namespace();
    private final PairsBroker broker = PairsBroker.start(namespace + ".");
    private final Release release = new Release(
            SharedPlane.withKeda().api(),
            namespace,
            Rendered.with("minimal", scaled(namespace + ".", broker)).documents());

    /** As documented, with times for a test: KEDA looks every 5 s, and trainers leave one each second after 10 s. */
    private static Map<String, Object> scaled(String prefix, PairsBroker broker) {
        String autoscaling = "trainer.autoscaling.";
        return Map.ofEntries(
                Map.entry("kafka.bootstrapServers", broker.bootstrapServers()),
                Map.entry("kafka.topicPrefix", prefix),
                Map.entry("kafka.pairsPartitions", PairsBroker.PARTITIONS),
                Map.entry(autoscaling + "enabled", true),
                Map.entry(autoscaling + "maxReplicas", MOST),
                Map.entry(autoscaling + "lagThreshold", LAG_OF_ONE),
                Map.entry(autoscaling + "pollingIntervalSeconds", 5),
                Map.entry(autoscaling + "scaleUpStabilizationSeconds", 0),
                Map.entry(autoscaling + "scaleDownStabilizationSeconds", 10),
                Map.entry(autoscaling + "scaleDownPeriodSeconds", 1));
    }

    @BeforeEach
    void oneTrainerAndAnAutoscaler() {
        release.givenSecrets().apply().awaitWorkloads();
        await("the autoscaler that KEDA makes").atMost(PATIENCE).until(() -> release.api()
                .find(autoscaler())
                .filter(found -> Conditions.of(found).isTrue("ScalingActive"))
                .isPresent());
        assertThat(replicas()).isEqualTo(1);
    }

    private ObjectName autoscaler() {
        String scaled =
                release.one("ScaledObject", "trainer").at("/metadata/name").asText();
        return new ObjectName("autoscaling/v2", "HorizontalPodAutoscaler", namespace, "keda-hpa-" + scaled);
    }

    @AfterEach
    void nothingIsLeft() {
        release.delete();
        broker.close();
    }

    @Test
    void trainersComeUnderLoad() {
        // Given
        long begin = System.nanoTime();
        try (SteadyReader reader = new SteadyReader(broker)) {
            reader.begin();

            // When
            broker.produce(RECORDS);

            // Then
            awaitMost();
            Screen.stdout().line("1 -> " + MOST + " trainers, all ready, in " + seconds(begin) + " s");
        }
    }

    @Test
    void trainersGoOnceAllIsCommitted() {
        // Given
        try (SteadyReader reader = new SteadyReader(broker)) {
            reader.begin();
            broker.produce(RECORDS);
            awaitMost();
        }
        long begin = System.nanoTime();

        // When
        broker.commit(RECORDS);

        // Then
        awaitOne();
        Screen.stdout().line(MOST + " -> 1 trainers in " + seconds(begin) + " s");
    }

    @Test
    void aBrokerThatIsAwayTakesNoTrainerAway() throws InterruptedException {
        // Given
        try (SteadyReader reader = new SteadyReader(broker)) {
            reader.begin();
            broker.produce(RECORDS);
            awaitMost();

            // When: with the reader at work, as an offset that stands still would be a reason of its own
            broker.stop();
        }

        // Then
        await("nothing changes")
                .during(LONG_ENOUGH)
                .atMost(LONG_ENOUGH.plusSeconds(10))
                .until(() -> replicas() == MOST);
        broker.startAgain();
        broker.commit(RECORDS);
        awaitOne();
    }

    @Test
    void partitionsThatStandStillAddNoTrainers() {
        // Given: nobody who commits
        int records = RECORDS;

        // When
        broker.produce(records);

        // Then
        await("nothing changes")
                .during(LONG_ENOUGH)
                .atMost(LONG_ENOUGH.plusSeconds(10))
                .until(() -> replicas() == 1);
    }

    private void awaitMost() {
        await("as many as may be").atMost(PATIENCE).until(() -> replicas() == MOST);
        await("and all ready").atMost(PATIENCE).until(() -> Release.allReady(release.one("StatefulSet", "trainer")));
    }

    /** On the way there never none. */
    private void awaitOne() {
        await("one is left").atMost(PATIENCE).until(() -> {
            int replicas = replicas();
            assertThat(replicas).isPositive();
            return replicas == 1;
        });
    }

    private int replicas() {
        return release.one("StatefulSet", "trainer").at("/spec/replicas").asInt();
    }

    private static long seconds(long begin) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    }
}
