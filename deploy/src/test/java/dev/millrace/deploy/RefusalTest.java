package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RefusalTest {
    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "trainer.autoscaling.maxReplica | 3 | maxReplica",
                "encoder.replica | 3 | replica",
                "kafak.bootstrapServers | kafka:9092 | kafak",
                "encoder.config.max-bacth | 3 | max-bacth",
                "trainer.autoscaling.minReplicas | 0 | minReplicas",
                "trainer.gpu.count | 2 | gpu",
                "trainer.gpu.resource | amd.com/gpu | resource",
                "trainer.baseModel.existingClaim | base | trainer.baseModel.path is required",
                "kafka.bootstrapServers | kafka | bootstrapServers",
                "kafka.bootstrapServers | '' | kafka.bootstrapServers is required",
                "s3.endpoint | minio:9000 | endpoint",
                "s3.endpoint | '' | s3.endpoint is required",
                "s3.existingSecret | '' | s3 credentials are required",
                "s3.accessKey | key | s3.existingSecret and s3.accessKey / s3.secretKey exclude each other",
                "http.existingSecret | '' | http.token is required",
                "http.token | token | http.existingSecret and http.token / http.tokens exclude each other",
                "http.tokens.reader | token | http.existingSecret and http.token / http.tokens exclude each other",
                "image.digests.encoder | latest | digests",
                "image.pullPolicy | Sometimes | pullPolicy",
                "runAsUser | 0 | runAsUser",
                "encoder.ingress.enabled | true | host",
                "encoder.config.cache-dir | /data | cache-dir",
                "trainer.learning.learnin-rate | 1 | learnin-rate",
                "trainer.gate.drfit | 1 | drfit",
            })
    void valuesThatCannotWorkAreRefusedByName(final String key, final String value, final String named) {
        // Given
        final Map<String, Object> change = Map.of(key, value);

        // When
        final Throwable refusal = catchThrowable(() -> Rendered.with("minimal", change));

        // Then
        assertThat(refusal).hasMessageContaining(named);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "maxReplicas | 13 | trainer.autoscaling.maxReplicas (13) is beyond kafka.pairsPartitions (12)",
                "minReplicas | 13 | trainer.autoscaling.minReplicas (13) is above trainer.autoscaling.maxReplicas (12)",
                "scaleDownStabilizationSeconds | 100 | must be at least twice"
                        + " trainer.autoscaling.pollingIntervalSeconds (60)",
            })
    void scalingThatCannotWorkIsRefusedByName(final String key, final int value, final String named) {
        // Given
        final Map<String, Object> change = Map.of("trainer.autoscaling." + key, value);

        // When
        final Throwable refusal = catchThrowable(() -> Rendered.with("full", change));

        // Then
        assertThat(refusal).hasMessageContaining(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trainer", "encoder"})
    void aDeviceIsNotNamedTwice(final String service) {
        // Given
        final Map<String, Object> change = Map.of(service + ".config.device", "cuda:1");

        // When
        final Throwable refusal = catchThrowable(() -> Rendered.with("gpu", change));

        // Then
        assertThat(refusal)
                .hasMessageContaining(service + ".gpu.enabled and " + service + ".config.device exclude each other");
    }

    @Property(tries = 25)
    void neverMoreTrainersThanPartitions(
            @ForAll @IntRange(min = 1, max = 9) final int replicas,
            @ForAll @IntRange(min = 1, max = 9) final int partitions) {
        // Given
        final Map<String, Object> change = Map.of("trainer.replicas", replicas, "kafka.pairsPartitions", partitions);

        // When
        final Optional<Throwable> refusal = Optional.ofNullable(catchThrowable(() -> Rendered.with("minimal", change)));

        // Then
        assertThat(refusal.isPresent()).isEqualTo(replicas > partitions);
    }
}
