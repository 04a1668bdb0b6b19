package dev.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.pointer.StalePointerException;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.optim.NonFiniteStepException;
import dev.millrace.events.record.Limits;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.window.WindowAbandonedException;
import dev.millrace.trainer.lineage.LineageStore;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.lineage.LineageStore.Unpublished;
import dev.millrace.trainer.stream.Window;
import dev.millrace.trainer.testing.BaseModel;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.Workshop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WholeTrainerTest {
    @TempDir
    Path folder;

    @Test
    void windowAfterWindowTheEncoderGetsBetterOnWhatItNeverLearned() {
        // Given
        Workshop workshop = new Workshop(folder, Precision.FP32, 1);
        List<Pair> stream = Pairs.lesson(0, 12 * Workshop.WINDOW);

        // When
        Position last = workshop.train(workshop.lineage(1), stream, 12);

        // Then
        List<SortedMap<String, Double>> figures = workshop.store().versions().stream()
                .map(version -> workshop.store().manifest(version).orElseThrow().evaluation())
                .toList();
        assertThat(figures.get(1).get("before.hit@1")).isLessThan(0.3);
        assertThat(last.manifest().evaluation().get("hit@1")).isGreaterThan(0.8);
        assertThat(last.manifest().evaluation().get("fresh.hit@1")).isGreaterThan(0.8);
        assertThat(last.manifest().evaluation().get("memory.hit@1")).isGreaterThan(0.8);
        assertThat(last.manifest().evaluation().get("hit@5")).isGreaterThan(0.9);
        assertThat(last.manifest().evaluation().get("mrr")).isGreaterThan(0.8);
        assertThat(last.manifest().evaluation().get("ndcg@10")).isGreaterThan(0.6);
        assertThat(last.manifest().evaluation().get("loss"))
                .isLessThan(0.75 * figures.get(1).get("loss"));
    }

    @Test
    void aStreamWithoutPositivesIsMeasuredAndGated() {
        // Given
        Workshop workshop = new Workshop(folder, Precision.FP32, 1);
        List<Pair> stream = Pairs.lesson(0, 4 * Workshop.WINDOW).stream()
                .map(pair -> Pairs.alone(pair.id(), pair.anchor()))
                .toList();

        // When
        Position last = workshop.train(workshop.lineage(1), stream, 4);

        // Then
        assertThat(last.manifest().evaluation())
                .containsKeys("alignment", "uniformity")
                .doesNotContainKey("hit@1");
        assertThat(last.manifest().decision().orElseThrow().bounds()).containsKeys("collapse", "alignment", "drift");
        assertThat(workshop.store().lineage(last.manifest().version()).records().heldOut())
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource({"FP32, 1", "FP32, 2", "BF16, 2"})
    void aTrainerThatIsKilledAndTakenUpEndsWithTheSameBytes(Precision precision, int threads) {
        // Given
        List<Pair> stream = Pairs.lesson(0, 2 * Workshop.WINDOW);
        Workshop straight = new Workshop(folder.resolve("straight"), precision, threads);
        Position uninterrupted = straight.train(straight.lineage(1), stream, 2);
        Workshop broken = new Workshop(folder.resolve("broken"), precision, threads);
        Position half = broken.train(broken.lineage(1), stream, 1);
        learnWithoutPublishing(broken, half, stream);

        // When
        Position resumed = broken.train(broken.lineage(2), stream, 1);

        // Then
        assertThat(broken.files(resumed))
                .isEqualTo(straight.files(uninterrupted))
                .containsKeys("model.safetensors", "golden.json", "training-state/golden.json");
        assertThat(resumed.manifest().evaluation())
                .isEqualTo(uninterrupted.manifest().evaluation());
    }

    /** What a trainer did between its last version and its death. */
    private static void learnWithoutPublishing(Workshop workshop, Position position, List<Pair> stream) {
        LineageStore lineage = workshop.lineage(9);
        try (Learner learner = workshop.learner(lineage.download(position))) {
            learner.learn(Workshop.next(position.manifest(), stream).pairs(), () -> {});
        }
    }

    @Test
    void theManifestsOfALineageTellWhatBecameOfEveryRecord() {
        // Given repeats within a window and across windows, and a last window that is not full
        Workshop workshop = new Workshop(folder, Precision.FP32, 1);
        List<Pair> stream = new ArrayList<>(Pairs.lesson(0, 200));
        stream.addAll(60, Pairs.lesson(50, 60));
        stream.addAll(Pairs.lesson(0, 20));

        // When
        Position last = workshop.train(workshop.lineage(1), stream, 3);

        // Then
        Records sum = workshop.store().lineage(last.manifest().version()).records();
        assertThat(sum.total()).isEqualTo(stream.size());
        assertThat(sum.duplicates()).isEqualTo(30);
        assertThat(sum.trained() + sum.heldOut()).isEqualTo(200);
        assertThat(sum.heldOut()).isPositive();
        assertThat(last.manifest().offsets()).isEqualTo(Map.of("pairs-0", 230L));
    }

    @Test
    void ofTwoTrainersOnOneBucketOneMovesTheHead() {
        // Given
        Workshop workshop = new Workshop(folder, Precision.FP32, 1);
        List<Pair> stream = Pairs.lesson(0, 3 * Workshop.WINDOW);
        LineageStore slow = workshop.lineage(1);
        Position base = workshop.train(slow, stream, 0);
        Position winner = workshop.train(workshop.lineage(2), stream, 1);
        Window window = Workshop.next(base.manifest(), stream);

        try (Learner learner = workshop.learner(slow.download(base))) {
            var outcome = learner.learn(window.pairs(), () -> {});
            Unpublished snapshot = slow.snapshot(learner);

            // When, Then
            assertThatThrownBy(() -> slow.publish(base, snapshot, Workshop.by(window, outcome), outcome))
                    .isInstanceOf(StalePointerException.class)
                    .hasMessageContaining(winner.manifest().version());
        }
        assertThat(slow.isHead(base)).isFalse();
        assertThat(workshop.store().head()).contains(winner.head());
        Position last = workshop.train(slow, stream, 2);
        assertThat(workshop.store().lineage(last.manifest().version()).records().total())
                .isEqualTo(stream.size());
    }

    @Test
    void aWindowGivenUpBetweenTwoStepsLeavesTheHeadWhereItWas() {
        // Given
        Workshop workshop = new Workshop(folder, Precision.FP32, 1);
        List<Pair> stream = Pairs.lesson(0, 3 * Workshop.WINDOW);
        LineageStore lineage = workshop.lineage(1);
        Position base = workshop.train(lineage, stream, 0);
        AtomicInteger steps = new AtomicInteger();
        Runnable giveUpBeforeTheSecond = () -> {
            if (steps.incrementAndGet() == 2) {
                throw new WindowAbandonedException("asked to");
            }
        };

        // When, Then
        try (Learner learner = workshop.learner(lineage.download(base))) {
            assertThatThrownBy(() -> learner.learn(stream, giveUpBeforeTheSecond))
                    .isInstanceOf(WindowAbandonedException.class);
        }
        assertThat(steps).hasValue(2);
        assertThat(workshop.store().head()).contains(base.head());
    }

    @Test
    void aStepThatIsNotFiniteLeavesTheHeadWhereItWas() {
        // Given
        Workshop workshop = new Workshop(folder, Precision.FP32, 1);
        List<Pair> stream = List.of(Pairs.trained("p", BaseModel.POISON), Pairs.pair("q", "q2", "d2"));
        LineageStore lineage = workshop.lineage(1);
        Position base = workshop.train(lineage, stream, 0);
        Pointer before = base.head();

        // When, Then
        try (Learner learner = workshop.learner(lineage.download(base))) {
            assertThatThrownBy(() -> learner.learn(stream, () -> {})).isInstanceOf(NonFiniteStepException.class);
        }
        assertThat(workshop.store().head()).contains(before);
        assertThat(new TreeMap<>(workshop.store()
                        .manifest(before.version())
                        .orElseThrow()
                        .offsets()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStreamThatHadNothingToLearnForAWhileIsLearnedFromAfterwards(boolean oneGroup) {
        // Given thousands of times the same pair, or pairs of one group
        Workshop workshop = new Workshop(folder, Precision.FP32, 1);
        LineageStore lineage = workshop.lineage(1);
        Position base = workshop.beginning(0).begin();
        List<Pair> good = Pairs.lesson(0, 3 * Workshop.WINDOW);
        List<Learner.Outcome> dull = new ArrayList<>();
        List<Learner.Outcome> outcomes = new ArrayList<>();

        // When
        try (Learner learner = workshop.learner(lineage.download(base))) {
            for (int window = 0; window < 40; window++) {
                dull.add(learner.learn(nothingToLearn(window, oneGroup), () -> {}));
            }
            for (int from = 0; from < good.size(); from += Workshop.WINDOW) {
                outcomes.add(learner.learn(good.subList(from, from + Workshop.WINDOW), () -> {}));
            }
        }

        // Then
        assertThat(dull).extracting(Learner.Outcome::taught).containsOnly(false);
        assertThat(outcomes).extracting(Learner.Outcome::taught).containsOnly(true);
    }

    private static List<Pair> nothingToLearn(int window, boolean oneGroup) {
        return IntStream.range(0, Workshop.WINDOW)
                .mapToObj(i -> "%d-%d".formatted(window, i))
                .map(id -> oneGroup
                        ? Pairs.grouped(id, "q1 n" + id.hashCode() % 16, "d1 n" + id.hashCode() % 13, "all")
                        : Pairs.pair(id, "q1 n1", "d1 n1"))
                .toList();
    }

    @Test
    void pairsWhoseWeightsAreAllTheLeastAreLearned() {
        // Given
        Workshop workshop = new Workshop(folder, Precision.FP32, 1);
        LineageStore lineage = workshop.lineage(1);
        List<Pair> tiny = Pairs.lesson(0, Workshop.WINDOW).stream()
                .map(pair -> new Pair(
                        pair.id(),
                        pair.anchor(),
                        pair.positive(),
                        pair.negatives(),
                        pair.label(),
                        Limits.LEAST_WEIGHT,
                        pair.group(),
                        pair.source(),
                        pair.ts()))
                .toList();

        // When
        Learner.Outcome outcome;
        try (Learner learner =
                workshop.learner(lineage.download(workshop.beginning(0).begin()))) {
            outcome = learner.learn(tiny, () -> {});
        }

        // Then
        assertThat(outcome.taught()).isTrue();
        assertThat(outcome.figures().get("loss")).isFinite().isPositive();
    }

    @Test
    void aSignOfLifeComesBeforeAndAfterTheSteps() {
        // Given
        Workshop workshop = new Workshop(folder, Precision.FP32, 1);
        LineageStore lineage = workshop.lineage(1);
        List<Pair> window = Pairs.lesson(0, Workshop.WINDOW);
        AtomicInteger signs = new AtomicInteger();
        Runnable endless = () -> {
            if (signs.incrementAndGet() == 1) {
                throw new WindowAbandonedException("asked to, in mining");
            }
        };

        // When, Then it is given up before the first step, and otherwise told oftener than there are steps and texts to
        // encode
        try (Learner learner =
                workshop.learner(lineage.download(workshop.beginning(0).begin()))) {
            assertThatThrownBy(() -> learner.learn(window, endless)).isInstanceOf(WindowAbandonedException.class);
        }
        assertThat(signs).hasValue(1);
    }
}
