package dev.millrace.trainer.loop;

import static dev.millrace.trainer.loop.LoopRig.WINDOW;
import static dev.millrace.trainer.loop.LoopRig.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.events.record.DeadLetter;
import dev.millrace.trainer.testing.BaseModel;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.PairsTopic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that cannot be learned. */
class TrainerSetAsideTest {
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
    void aRecordThatIsNoPairIsSetAsideAndTheRestLearned() {
        // Given
        rig.topic.post(0, "no pair".getBytes(StandardCharsets.UTF_8));
        rig.post(Pairs.lesson(0, WINDOW));

        // When
        rig.start(Optional.of(rig.workshop.baseModel()));

        // Then
        await(() -> rig.records().total() == WINDOW + 1);
        assertThat(rig.records().setAside()).isEqualTo(1);
        assertThat(rig.deadLetters.all()).extracting(DeadLetter::offset).contains(0L);
    }

    @Test
    void aRunOfBadRecordsDoesNotHoldTheStreamUp() {
        // Given
        int run = 32 * WINDOW;
        for (int i = 0; i < run; i++) {
            rig.topic.post(0, "no pair".getBytes(StandardCharsets.UTF_8));
        }
        rig.start(Optional.of(rig.workshop.baseModel()));
        await(() -> rig.records().setAside() == run);

        // When
        rig.post(Pairs.lesson(0, WINDOW));

        // Then
        await(() -> rig.records().total() == run + WINDOW);
        assertThat(rig.records().setAside()).isEqualTo(run);
        assertThat(rig.records().trained()).isPositive();
    }

    @Test
    void aWindowWhoseDeadLetterIsNotKeptIsReadAgain() {
        // Given
        rig.topic.post(0, "no pair".getBytes(StandardCharsets.UTF_8));
        rig.post(Pairs.lesson(0, WINDOW));
        rig.deadLetters.failOnce();

        // When
        rig.start(Optional.of(rig.workshop.baseModel()));

        // Then
        await(() -> rig.records().total() == WINDOW + 1);
        assertThat(rig.records().setAside()).isEqualTo(1);
        assertThat(rig.records().duplicates()).isZero();
        assertThat(rig.deadLetters.all()).extracting(DeadLetter::offset).containsExactly(0L, 0L);
        assertThat(rig.counted("millrace.trainer.failures")).isEqualTo(1);
    }

    @Test
    void aTextThatNoTrainingSurvivesIsSetAsideAndNothingElse() {
        // Given a text whose vector is no number, among good pairs
        rig.topic.post(0, Pairs.trained("poisoned", BaseModel.POISON));
        rig.post(Pairs.lesson(0, WINDOW - 1));

        // When
        rig.start(Optional.of(rig.workshop.baseModel()));

        // Then
        await(() -> rig.records().total() == WINDOW);
        assertThat(rig.records().setAside()).isEqualTo(1);
        assertThat(rig.deadLetters.all()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).contains("poisoned");
            assertThat(letter.reason()).contains("cannot be encoded");
        });
        assertThat(rig.status.failure()).isEmpty();
    }

    @Test
    void aFloodOfTextsThatCannotBeEncodedDoesNotHoldTheStreamUp() {
        // Given
        for (int i = 0; i < 4 * WINDOW; i++) {
            rig.topic.post(i % 2, Pairs.trained("poisoned-" + i, BaseModel.POISON + " n" + i % 16));
        }
        rig.post(Pairs.lesson(0, WINDOW));

        // When
        rig.start(Optional.of(rig.workshop.baseModel()));

        // Then
        await(() -> rig.records().total() == 5 * WINDOW);
        assertThat(rig.records().setAside()).isEqualTo(4 * WINDOW);
        assertThat(rig.records().trained()).isPositive();
    }

    @Test
    void aPairThatCannotBeLearnedForWhateverReasonIsFoundByHalvingAndSetAside() {
        // Given a learner that one pair defeats, though each of its texts can be encoded
        rig.learnsUnless(pair -> pair.id().equals("lesson-13"));
        rig.post(Pairs.lesson(0, 2 * WINDOW));

        // When
        rig.start(Optional.of(rig.workshop.baseModel()));

        // Then the last, narrowed window is due by time
        awaitInTime(() -> rig.records().total() == 2 * WINDOW);
        assertThat(rig.records().setAside()).isEqualTo(1);
        assertThat(rig.deadLetters.all()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).contains("lesson-13");
            assertThat(letter.reason()).contains("index out of bounds");
        });
        assertThat(rig.records().duplicates()).isZero();
        assertThat(rig.status.failure()).isEmpty();
    }

    @Test
    void aFailureThatPassesSetsNothingAside() {
        // Given
        AtomicInteger failures = new AtomicInteger(1);
        rig.learnsUnless(pair -> failures.getAndDecrement() > 0);
        rig.post(Pairs.lesson(0, WINDOW));

        // When
        rig.start(Optional.of(rig.workshop.baseModel()));

        // Then
        await(() -> rig.records().total() == WINDOW);
        assertThat(rig.records().setAside()).isZero();
    }

    @Test
    void whatFailsAlwaysStopsToSetAsideAndSaysSoAndGoesOnWhenItPasses() {
        // Given a trainer that can learn nothing, whatever the pair
        AtomicBoolean broken = new AtomicBoolean(true);
        rig.learnsUnless(pair -> broken.get());
        rig.post(Pairs.lesson(0, WINDOW));
        rig.start(Optional.of(rig.workshop.baseModel()));
        await(() -> rig.gauge("millrace.trainer.standstill") == 1);
        String said = rig.status.failure().orElseThrow();
        long setAside = rig.records().setAside();

        // When
        broken.set(false);

        // Then
        awaitInTime(
                () -> rig.records().total() == WINDOW && rig.status.failure().isEmpty());
        assertThat(said).contains("nothing more is set aside", "index out of bounds");
        assertThat(setAside).isEqualTo(LoopRig.LIMITS.setAsides());
        assertThat(rig.records().setAside()).isEqualTo(setAside);
        assertThat(rig.gauge("millrace.trainer.standstill")).isZero();
    }

    @Test
    void lettersThatAreNotTakenAreNoFaultOfTheWindow() {
        // Given a text that no training survives, and for a while nobody who takes the letter about it
        rig.topic.post(0, Pairs.trained("poisoned", BaseModel.POISON));
        rig.post(Pairs.lesson(0, WINDOW - 1));
        rig.deadLetters.refuse(3);

        // When
        rig.start(Optional.of(rig.workshop.baseModel()));

        // Then
        await(() -> rig.records().total() == WINDOW);
        assertThat(rig.records().setAside()).isEqualTo(1);
        assertThat(rig.head().version()).as("in one window").startsWith("v000001-");
        assertThat(rig.deadLetters.all()).singleElement().satisfies(letter -> assertThat(letter.reason())
                .contains("cannot be encoded"));
    }

    @Test
    void aPairThatNoProcessSurvivesIsFoundByThoseAfterItAndSetAside() throws InterruptedException {
        // Given a learner whose process ends over one pair, as when it is killed for want of memory
        rig.learners = folder -> rig.workshop.learnerAfter(folder, window -> {
            if (window.stream().anyMatch(pair -> pair.id().equals("lesson-13"))) {
                throw new Error("killed");
            }
        });
        rig.topicIs(() -> new TopicIdentity("pairs", "topic-1", 1));

        // When it is started again and again
        int starts = 0;
        while (rig.records().total() < WINDOW && starts < 20) {
            starts++;
            PairsTopic topic = new PairsTopic(1);
            Pairs.lesson(0, WINDOW).forEach(pair -> topic.post(0, pair));
            topic.assign(0);
            rig.start(Optional.of(rig.workshop.baseModel()), topic);
            awaitInTime(() -> !rig.runs() || rig.records().total() == WINDOW);
        }

        // Then
        assertThat(rig.records().total()).as("after %d starts", starts).isEqualTo(WINDOW);
        assertThat(rig.records().setAside()).isEqualTo(1);
        assertThat(rig.deadLetters.all()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).contains("lesson-13");
            assertThat(letter.reason()).contains("the process ended over it");
        });
    }

    private void awaitInTime(BooleanSupplier condition) {
        await(() -> {
            rig.clock.advance(Duration.ofMinutes(1));
            return condition.getAsBoolean();
        });
    }
}
