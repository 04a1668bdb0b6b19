package dev.millrace.bench.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.devstack.process.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageRunTest {
    @TempDir
    Path folder;

    @Test
    void aLongerLineageAsksTheBucketNoMoreThanAShorterOne() throws IOException {
        // Given
        WindowClock clock = new WindowClock(Instant.EPOCH);
        CountedBucket bucket = new CountedBucket(new InMemoryBucket(clock));
        LineageRun run = new LineageRun(new SyntheticLineage(bucket, clock, folder), bucket, Screen.silent());

        // When
        List<Cost> costs = run.measure(List.of(20L, 700L));

        // Then
        assertThat(costs)
                .extracting(Cost::work)
                .containsExactly(
                        "audit",
                        "publish",
                        "retain",
                        "summarize",
                        "versions",
                        "audit",
                        "publish",
                        "retain",
                        "summarize",
                        "versions");
        for (int i = 0; i < 5; i++) {
            Cost shorter = costs.get(i);
            Cost longer = costs.get(i + 5);
            assertThat(longer.requests()).as(longer.work()).isLessThanOrEqualTo(1.25 * shorter.requests() + 16);
            assertThat(longer.listed()).as(longer.work()).isLessThanOrEqualTo(1.25 * shorter.listed() + 256);
        }
    }

    @Test
    void whatGrowsWithTheLineageIsNotFlat() {
        // Given
        Cost shorter = new Cost("audit", 100, 300, 600, 300, 40, 20);

        // When
        boolean flat = new Cost("audit", 1_000, 2_000, 600, 2_000, 40, 20).isFlatBeside(shorter);

        // Then
        assertThat(flat).isFalse();
        assertThat(new Cost("audit", 1_000, 310, 600, 2_000, 400, 61).isFlatBeside(shorter))
                .isTrue();
        assertThat(new Cost("audit", 1_000, 310, 600, 2_000, 40, 62).isFlatBeside(shorter))
                .isFalse();
    }
}
