package dev.millrace.trainer.loop;

import static dev.millrace.trainer.loop.LoopRig.WINDOW;
import static dev.millrace.trainer.loop.LoopRig.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.bucket.BucketAccessDeniedException;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.embedding.network.Precision;
import dev.millrace.events.record.CheckpointEvent;
import dev.millrace.trainer.testing.OutageBucket;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.SettableClock;
import dev.millrace.trainer.testing.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows once the head has moved fails: what was learned is in the lineage all the same. */
class TrainerAfterwardsTest {
    @TempDir
    Path folder;

    private LoopRig rig;

    @AfterEach
    void stop() throws InterruptedException {
        rig.stop();
    }

    @Test
    void anAnnouncementThatIsNotTakenIsMadeLaterAndTheLearnerGoesOn() {
        // Given
        rig = new LoopRig(folder);
        AtomicBoolean away = new AtomicBoolean();
        rig.announcements = event -> {
            if (away.get()) {
                throw new KafkaException("not acknowledged by topic checkpoints");
            }
            rig.announced.add(event);
        };
        rig.start(Optional.of(rig.workshop.baseModel()));
        await(() -> rig.announced.size() == 2);
        away.set(true);
        rig.post(Pairs.lesson(0, 2 * WINDOW));
        await(() -> rig.records().total() == 2 * WINDOW);
        await(() -> rig.counted("millrace.trainer.windows") == 2);
        String behind = rig.status.behind().get("promotion");

        // When
        away.set(false);

        // Then
        await(() -> rig.status.behind().isEmpty());
        assertThat(behind).contains("not acknowledged");
        assertThat(rig.counted("millrace.trainer.failures")).isZero();
        assertThat(rig.loaded()).isEqualTo(1);
        assertThat(rig.store.channel("stable").map(Pointer::version))
                .contains(rig.head().version());
        assertThat(rig.announced)
                .filteredOn(event -> event.channel().equals("stable"))
                .last()
                .extracting(CheckpointEvent::version)
                .isEqualTo(rig.head().version());
    }

    @Test
    void aBucketThatLetsNobodyMoveChannelsOrDropVersionsDoesNotStopTheLearner() {
        // Given
        OutageBucket bucket = new OutageBucket(new InMemoryBucket(new SettableClock()));
        rig = new LoopRig(new Workshop(folder, Precision.FP32, 1, bucket, 1));
        rig.start(Optional.of(rig.workshop.baseModel()));
        await(() -> rig.status.version().isPresent());
        BucketAccessDeniedException denied = new BucketAccessDeniedException("403", new IOException("403"));

        // When
        bucket.refuse(key -> key.startsWith("channels/"), denied);
        bucket.refuseRetention(denied);
        rig.post(Pairs.lesson(0, 4 * WINDOW));

        // Then
        await(() -> rig.records().total() == 4 * WINDOW);
        await(() -> rig.status.behind().keySet().containsAll(Set.of("promotion", "retention")));
        assertThat(rig.counted("millrace.trainer.failures")).isZero();
        assertThat(rig.loaded()).isEqualTo(1);
        assertThat(rig.status.failure()).isEmpty();
    }
}
