package dev.millrace.trainer.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.checkpoints.bucket.BucketUnavailableException;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Layout;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.ManifestJson;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.checkpoints.version.VersionName;
import dev.millrace.embedding.network.Precision;
import dev.millrace.trainer.testing.OutageBucket;
import dev.millrace.trainer.testing.SettableClock;
import dev.millrace.trainer.testing.Workshop;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
    private static final String SUMMARIES = "summaries/";

    @TempDir
    Path folder;

    private final BucketUnavailableException away = new BucketUnavailableException("away");
    private final OutageBucket bucket = new OutageBucket(new InMemoryBucket(new SettableClock()));

    @Test
    void aSummaryThatWasNotTakenIsMadeWithTheNextVersion() {
        // Given
        LineageStore lineage = new Workshop(folder, Precision.FP32, 1, bucket, 1).lineage(1);
        for (int i = 0; i <= 257; i++) {
            plant(i);
        }
        bucket.refuse(key -> key.startsWith(SUMMARIES), away);
        Throwable failure = catchThrowable(() -> lineage.summarize(name(256)));
        bucket.refuse(key -> false, away);

        // When
        lineage.summarize(name(257));

        // Then
        assertThat(failure).isSameAs(away);
        assertThat(bucket.list(SUMMARIES)).singleElement().satisfies(entry -> assertThat(entry.key())
                .contains(name(256)));
    }

    private void plant(int sequence) {
        Draft draft = new Draft(
                name(sequence),
                Optional.of(sequence - 1).filter(before -> before >= 0).map(SummaryTest::name),
                "space",
                Optional.empty(),
                new TreeMap<>(),
                Records.NONE,
                new TreeMap<>(),
                Optional.empty(),
                new TreeMap<>());
        Manifest manifest = Manifest.of(draft, new TreeMap<>(), new TreeMap<>(), Instant.EPOCH);
        bucket.put(Layout.manifest(name(sequence)), ManifestJson.write(manifest), Condition.ALWAYS);
    }

    private static String name(int sequence) {
        return new VersionName(sequence, "00000000").toString();
    }
}
