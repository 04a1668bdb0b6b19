package dev.millrace.trainer.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.CheckpointStore;
import dev.millrace.checkpoints.Draft;
import dev.millrace.checkpoints.InMemoryBucket;
import dev.millrace.checkpoints.Manifest;
import dev.millrace.checkpoints.Pointer;
import dev.millrace.checkpoints.Records;
import dev.millrace.events.CheckpointEvent;
import dev.millrace.trainer.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionTest {
    private final SettableClock clock = new SettableClock();
    private final CheckpointStore store = new CheckpointStore(new InMemoryBucket(clock), clock);
    private final List<CheckpointEvent> announced = new ArrayList<>();
    private final Promotion promotion = new Promotion(store, "stable", announced::add, clock);

    @TempDir
    Path folder;

    @Test
    void movesTheChannelAndSaysSo() throws IOException {
        // Given
        promotion.promote(version("v000001-00000000"));

        // When
        promotion.promote(version("v000002-00000000"));

        // Then
        assertThat(stable()).contains("v000002-00000000");
        assertThat(announced)
                .last()
                .isEqualTo(new CheckpointEvent("stable", "v000002-00000000", "space", clock.instant()));
        assertThat(announced).hasSize(2);
    }

    @Test
    void neverGoesBackToAnEarlierVersion() throws IOException {
        // Given another trainer's version, promoted between this one's head and channel
        promotion.promote(version("v000010-00000000"));

        // When
        promotion.promote(version("v000009-ffffffff"));

        // Then
        assertThat(stable()).contains("v000010-00000000");
        assertThat(announced).hasSize(1);
    }

    @Test
    void aNewChannelIsMadeAndAnOldOneLeftAlone() throws IOException {
        // Given
        promotion.promoteIfNew(version("v000001-00000000"));

        // When
        promotion.promoteIfNew(version("v000002-00000000"));

        // Then
        assertThat(stable()).contains("v000001-00000000");
    }

    private Optional<String> stable() {
        return store.channel("stable").map(Pointer::version);
    }

    private Manifest version(String name) throws IOException {
        Path files = Files.createDirectories(folder.resolve(name));
        Files.writeString(files.resolve("config.json"), "{}");
        return store.publish(
                new Draft(
                        name,
                        Optional.empty(),
                        "space",
                        new TreeMap<>(),
                        Records.NONE,
                        new TreeMap<>(),
                        Optional.empty(),
                        new TreeMap<>()),
                files);
    }
}
