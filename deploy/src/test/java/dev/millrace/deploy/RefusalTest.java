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
                "trainer.autoscaling.maxReplicas | 5 | trainer.autoscaling.maxReplicas (5) is beyond kafka.pairsPartitions (4)",
                "trainer.autoscaling.minReplicas | 5 | trainer.autoscaling.minReplicas (5) is above trainer.autoscaling.maxReplicas (4)",
                "trainer.autoscaling.scaleDownStabilizationSeconds | 100 | must be at least twice trainer.autoscaling.pollingIntervalSeconds (60)",
                "trainer.gpu.count | 2 | gpu",
                "trainer.baseModel.existingClaim | base | trainer.baseModel.path is required",
                "kafka.bootstrapServers | kafka | bootstrapServers",
                "kafka.bootstrapServers | '' | kafka.bootstrapServers is required",
                "s3.endpoint | minio:9000 | endpoint",
                "s3.endpoint | '' | s3.endpoint is required",
                "s3.existingSecret | '' | s3 credentials are required",
                "s3.accessKey | key | s3.existingSecret and s3.accessKey / s3.secretKey exclude each other",
                "http.existingSecret | '' | http.token is required",
                "http.token | token | http.existingSecret and http.token exclude each other",
                "image.pullPolicy | Sometimes | pullPolicy",
                "runAsUser | 0 | runAsUser",
                "encoder.ingress.enabled | true | host",
            })
    void valuesThatCannotWorkAreRefusedByName(final String key, final String value, final String named) {
        // Given
        final Map<String, Object> change = Map.of(key, value);

        // When
        final Throwable refusal = catchThrowable(() -> Rendered.with("minimal", change));

        // Then
        assertThat(refusal).hasMessageContaining(named);
    }

    @Property(tries = 25)
    void neverMoreTrainersThanPartitions(
            @ForAll @IntRange(min = 1, max = 9) final int replicas,
            @ForAll @IntRange(min = 1, max = 9) final int partitions) {
        // Given
        final Map<String, Object> change = Map.of(
                "trainer.autoscaling.enabled",
                false,
                "trainer.replicas",
                replicas,
                "kafka.pairsPartitions",
                partitions);

        // When
        final Optional<Throwable> refusal = Optional.ofNullable(catchThrowable(() -> Rendered.with("minimal", change)));

        // Then
        assertThat(refusal.isPresent()).isEqualTo(replicas > partitions);
    }
}
