package dev.millrace.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.train.version.VersionWeights;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.SavedFolder;
import dev.millrace.trainer.testing.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps a lineage that learns for months, window after window. */
class ContinualTest {
    private static final int WINDOW = 96;

    @TempDir
    Path folder;

    private Workshop workshop;

    @BeforeEach
    void open() {
        workshop = new Workshop(folder, Precision.FP32, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replay=stratified replay-capacity=100",
                "change-detection=adwin replay=stratified replay-capacity=100",
                "anchor=l2-sp anchor-strength=20 merge-base=0.2",
                "anchor=ewc anchor-strength=20 anchor-pairs=40"
            })
    void aResumedLineageHasTheBytesOfAnUninterruptedOne(String settings) throws IOException {
        // Given
        String[] keys = settings.split("[ =]");
        try (Learner learner = workshop.learner(workshop.baseModel(), keys)) {
            learn(learner, 0, 3);
            save(learner, "half");
            learn(learner, 3, 5);
            save(learner, "straight");
        }

        // When
        try (Learner learner = workshop.learner(folder.resolve("half"), keys)) {
            learn(learner, 3, 5);
            save(learner, "resumed");
        }

        // Then
        SavedFolder.assertSame(folder.resolve("straight"), folder.resolve("resumed"));
    }

    @Test
    void whenTheStreamChangesTheVersionSaysSoAndTheNextWindowsReplayLess() {
        // Given
        try (Learner learner =
                workshop.learner(workshop.baseModel(), "change-detection", "adwin", "change-windows", "1")) {
            learn(learner, 0, 4);

            // When
            List<SortedMap<String, Double>> figures = IntStream.range(4, 7)
                    .mapToObj(window ->
                            learner.learn(aboutSomethingElse(window), () -> {}).figures())
                    .toList();

            // Then
            assertThat(figures).extracting(seen -> seen.get("change-detected")).containsExactly(1.0, 0.0, 0.0);
            assertThat(figures).extracting(seen -> seen.get("replay-share")).containsExactly(0.5, 0.25, 0.5);
            assertThat(figures.get(1).get("examples")).isLessThan(figures.get(2).get("examples"));
        }
    }

    @Test
    void whatDecaysToTheBaseStaysNearIt() {
        // Given
        Path base = workshop.baseModel();

        // When
        double free = driftOfTheFirstWindow(workshop.learner(base));
        double held = driftOfTheFirstWindow(workshop.learner(base, "anchor", "l2-sp", "anchor-strength", "100"));

        // Then
        assertThat(held).isPositive().isLessThan(0.8 * free);
    }

    @Test
    void whatRememberedPairsRestOnStaysWhereItWas() {
        // Given
        double free = driftOfALaterWindow("none");

        // When
        double held = driftOfALaterWindow("ewc");

        // Then
        assertThat(held).isPositive().isLessThan(0.8 * free);
    }

    @Test
    void whatIsPublishedLiesNearerToTheBaseByItsShare() {
        // Given
        Path base = workshop.baseModel();

        // When
        double free = driftOfTheFirstWindow(workshop.learner(base));
        double merged = driftOfTheFirstWindow(workshop.learner(base, "merge-base", "0.5"));

        // Then
        assertThat(merged).isPositive().isLessThan(free / 2);
    }

    private double driftOfALaterWindow(String anchor) {
        try (Learner learner = workshop.learner(workshop.baseModel(), "anchor", anchor, "anchor-strength", "100")) {
            learn(learner, 0, 1);
            return drift(learner.learn(aboutSomethingElse(1), () -> {}));
        }
    }

    private static double driftOfTheFirstWindow(Learner learner) {
        try (learner) {
            return drift(learner.learn(Pairs.lesson(0, WINDOW), () -> {}));
        }
    }

    private static double drift(Learner.Outcome outcome) {
        return outcome.decision().bounds().get("drift").figure();
    }

    private static void learn(Learner learner, int from, int to) {
        for (int window = from; window < to; window++) {
            learner.learn(Pairs.lesson(window * WINDOW, (window + 1) * WINDOW), () -> {});
        }
    }

    /** The same in other words. */
    private static List<Pair> aboutSomethingElse(int window) {
        return Pairs.lesson(window * WINDOW, (window + 1) * WINDOW).stream()
                .map(pair -> Pairs.pair(
                        pair.id(),
                        pair.anchor().replaceFirst("q", "q3"),
                        pair.positive().orElseThrow().replaceFirst("d", "d3")))
                .toList();
    }

    private void save(Learner learner, String name) {
        Path version = folder.resolve(name);
        try (VersionWeights snapshot = learner.save(version)) {
            snapshot.write(version);
        }
    }
}
