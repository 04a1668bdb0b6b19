package dev.millrace.trainer.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.Bound;
import dev.millrace.checkpoints.version.Decision;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.events.record.CheckpointEvent;
import dev.millrace.trainer.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionTest {
    private static final Optional<Decision> TRUSTED = decision(0.1);
    private static final Optional<Decision> DISTRUSTED = decision(0.4);

    private final SettableClock clock = new SettableClock();
    private final CheckpointStore store = new CheckpointStore(new InMemoryBucket(clock), clock);
    private final List<CheckpointEvent> announced = new ArrayList<>();
    private final Promotion promotion =
            new Promotion(new Channel(store, "candidate"), new Channel(store, "stable"), announced::add, clock);

    @TempDir
    Path folder;

    private static Optional<Decision> decision(double drift) {
        return Optional.of(new Decision(new TreeMap<>(Map.of("drift", new Bound(drift, 0.3)))));
    }

    @Test
    void aTrustedVersionMovesBothChannelsAndSaysSo() throws IOException {
        // Given
        promotion.follow(version("v000001-00000000", TRUSTED));

        // When
        promotion.follow(version("v000002-00000000", TRUSTED));

        // Then
        assertThat(at("stable")).contains("v000002-00000000");
        assertThat(at("candidate")).contains("v000002-00000000");
        assertThat(announced)
                .hasSize(4)
                .endsWith(
                        new CheckpointEvent("candidate", "v000002-00000000", "space", clock.instant()),
                        new CheckpointEvent("stable", "v000002-00000000", "space", clock.instant()));
    }

    @Test
    void aVersionThatIsNotTrustedIsACandidateOnly() throws IOException {
        // Given
        promotion.follow(version("v000001-00000000", TRUSTED));

        // When
        promotion.follow(version("v000002-00000000", DISTRUSTED));

        // Then
        assertThat(at("stable")).contains("v000001-00000000");
        assertThat(at("candidate")).contains("v000002-00000000");
    }

    @Test
    void neverGoesBackToAnEarlierVersion() throws IOException {
        // Given another trainer's version, promoted between this one's head and channel
        promotion.follow(version("v000010-00000000", TRUSTED));

        // When
        promotion.follow(version("v000009-ffffffff", TRUSTED));

        // Then
        assertThat(at("stable")).contains("v000010-00000000");
        assertThat(announced).hasSize(2);
    }

    @Test
    void aLineageThatNobodyFollowsYetIsFollowed() throws IOException {
        // When
        promotion.follow(version("v000000-00000000", Optional.empty()));

        // Then
        assertThat(at("stable")).contains("v000000-00000000");
        assertThat(at("candidate")).contains("v000000-00000000");
    }

    @Test
    void aVersionOnWhichNobodyDecidedIsNotPromotedOverAnother() throws IOException {
        // Given
        promotion.follow(version("v000001-00000000", TRUSTED));

        // When
        promotion.follow(version("v000002-00000000", Optional.empty()));

        // Then
        assertThat(at("stable")).contains("v000001-00000000");
    }

    @Test
    void aHeadWhosePromoterDiedIsPromotedWhenTheLineageIsTakenUp() throws IOException {
        // Given
        promotion.follow(version("v000001-00000000", TRUSTED));
        Manifest head = version("v000002-00000000", TRUSTED);
        new Channel(store, "candidate").promote(head.version());

        // When
        promotion.follow(head);

        // Then
        assertThat(at("stable")).contains("v000002-00000000");
    }

    @Test
    void aRollBackIsNotUndone() throws IOException {
        // Given
        promotion.follow(version("v000001-00000000", TRUSTED));
        Manifest head = version("v000002-00000000", TRUSTED);
        promotion.follow(head);
        new Channel(store, "stable").rollBack("slow");

        // When
        promotion.follow(head);
        promotion.follow(version("v000003-00000000", TRUSTED));

        // Then
        assertThat(at("stable")).contains("v000001-00000000");
        assertThat(at("candidate")).contains("v000003-00000000");
    }

    private Optional<String> at(String channel) {
        return store.channel(channel).map(Pointer::version);
    }

    private Manifest version(String name, Optional<Decision> decision) throws IOException {
        Path files = Files.createDirectories(folder.resolve(name));
        Files.writeString(files.resolve("config.json"), "{}");
        return store.publish(
                new Draft(
                        name,
                        Optional.empty(),
                        "space",
                        Optional.empty(),
                        new TreeMap<>(),
                        Records.NONE,
                        new TreeMap<>(),
                        decision,
                        new TreeMap<>()),
                files);
    }
}
