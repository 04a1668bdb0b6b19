package dev.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.devstack.DevStack;
import dev.millrace.devstack.clients.PairsTopic;
import dev.millrace.devstack.clients.Versions;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.process.Screen;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The operator reads what real trainers and a real encoder say of themselves, and adds and takes away trainers by it. */
@Tag("cluster")
final class OperatorFollowsTrainersTest {
    private static final int PAIRS = 3000;
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final DevStack stack = DevStack.start(SmallStack.options(), Screen.stdout());
    private final Versions versions = new Versions(stack.endpoints().s3());
    private final EncoderObjects encoder = new EncoderObjects(SharedPlane.get().api(), SharedPlane.namespace());
    private final Release pods = new Release(encoder.api(), encoder.namespace(), List.of());
    private final Rhythm addresses = new Rhythm(PAUSE, this::tellWhereTheyAre);
    private final RunningOperator operator;

    OperatorFollowsTrainersTest() {
        RunningOperator.install(SharedPlane.get());
        operator = RunningOperator.start(SharedPlane.get(), "operator-of-trainers");
    }

    @AfterEach
    void stop() {
        addresses.close();
        encoder.api().delete(encoder.name());
        await().atMost(PATIENCE).until(() -> encoder.api().find(encoder.name()).isEmpty());
        operator.close();
        pods.delete();
        versions.close();
        stack.close();
    }

    @Test
    void trainersComeWhileTheyAreBehindAndTheStatusSaysWhatWasLearned() {
        // Given
        encoder.apply(
                        1,
                        "trainers: {min: 1, max: 3, scaling: {behindSeconds: 10, scaleUpStabilizationSeconds: 0,"
                                + " scaleDownStabilizationSeconds: 10}}")
                .awaitSettled();
        try (PodsAtWork work = new PodsAtWork(pods, stack, SmallStack.TRAINERS)) {
            // When
            SmallStack.post(stack, PAIRS);

            // Then
            await("more trainers: a quick machine has learned all before a third is wanted")
                    .atMost(PATIENCE)
                    .until(() -> work.most() > 1);
            await("all is learned")
                    .atMost(PATIENCE)
                    .until(() -> versions.records().total()
                            == PairsTopic.places(stack.endpoints().kafka()).size());
            await("one is left").atMost(PATIENCE).until(() -> encoder.trainers() == 1);
            await("the status says so").atMost(PATIENCE).until(this::allIsTold);
        }
        Screen.stdout().line(encoder.status().path("progress").asText());
        assertThat(versions.records().duplicates()).isZero();
    }

    private boolean allIsTold() {
        JsonNode status = encoder.status();
        return status.at("/backlog/records").asInt(-1) == 0
                && status.at("/quality/headVersion").asText().startsWith("v")
                && status.at("/quality/servedVersion").asText().startsWith("v")
                && Conditions.of(encoder.api().get(encoder.name())).isFalse("Degraded");
    }

    /** The nodes only play; the processes that stand for their pods are reached at other addresses than the pods' own. */
    private void tellWhereTheyAre() {
        for (JsonNode pod : pods.pods("trainer")) {
            String name = pod.at("/metadata/name").asText();
            tell(pod, SmallStack.TRAINERS.get(Integer.parseInt(name.substring(name.lastIndexOf('-') + 1))));
        }
        pods.pods("encoder").forEach(pod -> tell(pod, Service.ENCODER.folder()));
    }

    private void tell(JsonNode pod, String process) {
        URI management = stack.endpoints().management().get(process);
        ObjectName name = new ObjectName(
                "v1", "Pod", encoder.namespace(), pod.at("/metadata/name").asText());
        JsonNode address = Yaml.read("metadata: {annotations: {millrace.dev/management: '%s:%d'}}"
                .formatted(management.getHost(), management.getPort()));
        try {
            encoder.api().merge(name, "", address);
        } catch (RefusedException e) {
            // It went between the look and the word.
            assertThat(e.status()).isEqualTo(404);
        }
    }
}
