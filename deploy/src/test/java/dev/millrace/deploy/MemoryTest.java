package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** A pod's memory, the heap's share of it, and what is admitted by shares of the heap, fit each other. */
final class MemoryTest {
    private static final Pattern SHARE = Pattern.compile("-XX:MaxRAMPercentage=(\\d+)");
    private static final Pattern QUANTITY = Pattern.compile("(\\d+)(Mi|Gi)");

    /** Classes, compiled code, threads, and direct buffers of Netty and Kafka. */
    private static final int BESIDE_THE_HEAP = 256;

    static final Iterable<String> SERVICES = Repository.SERVICES;

    @ParameterizedTest
    @FieldSource("SERVICES")
    void theJvmItselfHasRoomBesideTheHeap(final String service) {
        // Given
        final int pod = mebibytes(service);

        // When
        final int heap = pod * share(service) / 100;

        // Then
        assertThat(pod - heap).isGreaterThanOrEqualTo(BESIDE_THE_HEAP);
        assertThat(heap).isGreaterThanOrEqualTo(BESIDE_THE_HEAP);
    }

    /** Each entry: what the heap holds at once at most, in shares of it and in MiB, as the services' configuration says. */
    @ParameterizedTest
    @CsvSource({"ingestion, 0.375", "attribution, 0.334"})
    void whatIsAdmittedLeavesHalfOfTheHeapToTheRest(final String service, final double admitted) {
        // Given
        final int heap = mebibytes(service) * share(service) / 100;

        // When
        final double left = heap * (1 - admitted);

        // Then
        assertThat(left).isGreaterThan(heap / 2.0).isGreaterThan(128);
    }

    @Test
    void aModelHasMostOfAPodThatRunsOne() {
        // Given
        final Map<String, Integer> shares = Map.of("encoder", share("encoder"), "trainer", share("trainer"));

        // When
        final int largest =
                shares.values().stream().mapToInt(Integer::intValue).max().orElseThrow();

        // Then
        assertThat(largest).as("libtorch's memory is outside the heap").isLessThanOrEqualTo(50);
    }

    private static int share(final String service) {
        final Matcher share = SHARE.matcher(Repository.read(
                Repository.DEPLOY.resolve("images").resolve(service).resolve("Dockerfile")));
        assertThat(share.find()).isTrue();
        return Integer.parseInt(share.group(1));
    }

    private static int mebibytes(final String service) {
        final Matcher memory = QUANTITY.matcher(Rendered.with("minimal")
                .container(service)
                .at("/resources/limits/memory")
                .asText());
        assertThat(memory.matches()).isTrue();
        return Integer.parseInt(memory.group(1)) * (memory.group(2).equals("Gi") ? 1024 : 1);
    }
}
