package dev.millrace.trainer.loop;

import static dev.millrace.trainer.loop.LoopRig.WINDOW;
import static dev.millrace.trainer.loop.LoopRig.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.PairsTopic;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic that is another one than the lineage's, or that the broker says nothing of. */
class TrainerTopicTest {
    private static final TopicIdentity OTHER = new TopicIdentity("pairs", "topic-2", 2);

    @TempDir
    Path folder;

    private LoopRig rig;

    @BeforeEach
    void open() {
        rig = new LoopRig(folder);
    }

    @AfterEach
    void stop() throws InterruptedException {
        rig.stop();
    }

    @Test
    void aVersionSaysWhichTopicItWasLearnedFromAndHowManyPartitionsThatHad() {
        // Given
        TopicIdentity grown = new TopicIdentity("pairs", PairsTopic.IDENTITY.id(), 8);
        rig.post(Pairs.lesson(0, WINDOW));
        rig.start(Optional.of(rig.workshop.baseModel()));
        await(() -> rig.records().total() == WINDOW);
        Optional<TopicIdentity> before = rig.head().topic();

        // When
        rig.topicIs(() -> grown);
        rig.post(Pairs.lesson(WINDOW, 2 * WINDOW));

        // Then
        await(() -> rig.records().total() == 2 * WINDOW);
        assertThat(before).contains(PairsTopic.IDENTITY);
        assertThat(rig.head().topic()).contains(grown);
    }

    @Test
    void aTopicThatWasMadeAnewIsNotReadFromTheOldOnesOffset() {
        // Given a lineage that read the old one, and a new one that is longer
        rig.post(Pairs.lesson(0, WINDOW));
        rig.start(Optional.of(rig.workshop.baseModel()));
        await(() -> rig.records().total() == WINDOW);

        // When
        rig.topicIs(() -> OTHER);
        rig.post(Pairs.lesson(WINDOW, 3 * WINDOW));

        // Then
        await(() -> rig.status.failure().isPresent());
        assertThat(rig.status.failure().orElseThrow())
                .contains("topic-1", "topic-2", "./millrace adopt-topic")
                .doesNotContain("\n");
        assertThat(rig.records().total()).isEqualTo(WINDOW);
        rig.topicIs(() -> PairsTopic.IDENTITY);
        await(() -> rig.records().total() == 3 * WINDOW && rig.status.failure().isEmpty());
    }

    @Test
    void aTrainerAtRestSeesItToo() {
        // Given
        rig.post(Pairs.lesson(0, WINDOW));
        rig.start(Optional.of(rig.workshop.baseModel()));
        await(() -> rig.counted("millrace.trainer.windows") == 1);

        // When
        rig.topicIs(() -> OTHER);

        // Then
        await(() ->
                rig.status.failure().filter(said -> said.contains("topic-2")).isPresent());
    }

    @Test
    void aTrainerThatStartsSeesItBeforeItReads() {
        // Given
        rig.workshop.train(rig.workshop.lineage(2), Pairs.lesson(0, 96), 1);
        rig.topicIs(() -> OTHER);

        // When
        rig.start(Optional.empty());

        // Then
        await(() ->
                rig.status.failure().filter(said -> said.contains("topic-1")).isPresent());
        assertThat(rig.committed()).isEqualTo(Map.of());
        assertThat(rig.status.version()).isEmpty();
    }

    @Test
    void aBrokerThatDoesNotSayHoldsTheWindowBackAndThrowsNothingAway() {
        // Given
        Supplier<TopicIdentity> silent = () -> {
            throw new TimeoutException("no answer");
        };
        rig.topicIs(silent);
        rig.post(Pairs.lesson(0, WINDOW));
        rig.start(Optional.of(rig.workshop.baseModel()));
        await(() -> rig.status.version().isPresent());

        // When
        rig.topicIs(() -> PairsTopic.IDENTITY);

        // Then
        await(() -> rig.records().total() == WINDOW);
        assertThat(rig.counted("millrace.trainer.failures")).isZero();
    }
}
