package dev.millrace.bench.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.record.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhasesTest {
    private static final int PAIRS = 200;

    @TempDir
    Path folder;

    private void givenPairs() throws IOException {
        Files.write(
                folder.resolve("pairs.jsonl"),
                IntStream.range(0, PAIRS)
                        .mapToObj(i -> """
                                {"anchor": "question %d", "positive": "answer %d", "group": "g%d",\
                                 "ts": "20%02d-01-01T00:00:00Z"}""".formatted(i, i % 150, i % 4, 99 - i % 100))
                        .toList());
    }

    @Test
    void groupsComeInTheOrderOfTheFile() throws IOException {
        // Given
        givenPairs();
        Files.writeString(folder.resolve("phases.json"), "{\"phases\": [[\"g2\"], [\"g0\", \"g3\"], [\"g1\"]]}");

        // When
        Phases phases = Phases.read(folder, 7, PAIRS, 1);

        // Then
        assertThat(phases.learned())
                .extracting(PhasesTest::groups)
                .containsExactly(Set.of("g2"), Set.of("g0", "g3"), Set.of("g1"));
    }

    @Test
    void withoutAFileTimeDecides() throws IOException {
        // Given
        givenPairs();

        // When
        Phases phases = Phases.read(folder, 5, PAIRS, 1);

        // Then
        assertThat(phases.learned()).hasSize(5);
        assertThat(phases.learned().get(0))
                .allSatisfy(earlier -> assertThat(phases.learned().get(1))
                        .allSatisfy(later -> assertThat(earlier.ts()).isBeforeOrEqualTo(later.ts())));
    }

    @Test
    void nothingThatIsAskedIsLearned() throws IOException {
        // Given
        givenPairs();

        // When
        Phases phases = Phases.read(folder, 4, PAIRS, 1);

        // Then
        Set<String> asked = texts(phases.heldOut().stream().flatMap(List::stream));
        assertThat(asked).hasSizeGreaterThan(PAIRS / 10);
        assertThat(texts(phases.stream().stream())).doesNotContainAnyElementsOf(asked);
    }

    @Test
    void aLimitTakesTheSameShareOfEachPhaseAndAsksAsMuch() throws IOException {
        // Given
        givenPairs();
        Phases all = Phases.read(folder, 4, PAIRS, 1);

        // When
        Phases limited = Phases.read(folder, 4, all.stream().size() / 2, 1);

        // Then
        assertThat(limited.heldOut()).isEqualTo(all.heldOut());
        for (int phase = 0; phase < 4; phase++) {
            assertThat(limited.learned().get(phase))
                    .hasSize((int) Math.round(all.learned().get(phase).size() / 2.0))
                    .isSubsetOf(all.learned().get(phase));
        }
    }

    @Test
    void offlineEveryEpochHasAllOfItUnderIdsOfItsOwn() throws IOException {
        // Given
        givenPairs();
        Phases phases = Phases.read(folder, 4, PAIRS, 1);

        // When
        List<Pair> shuffled = phases.shuffled(3, 1);

        // Then
        assertThat(shuffled).hasSize(3 * phases.stream().size());
        assertThat(shuffled).extracting(Pair::id).doesNotHaveDuplicates();
        assertThat(texts(shuffled.stream())).isEqualTo(texts(phases.stream().stream()));
    }

    private static Set<String> groups(List<Pair> pairs) {
        return pairs.stream().map(Pair::group).flatMap(Optional::stream).collect(Collectors.toSet());
    }

    private static Set<String> texts(Stream<Pair> pairs) {
        return pairs.flatMap(pair -> Stream.concat(Stream.of(pair.anchor()), pair.positive().stream()))
                .collect(Collectors.toSet());
    }
}
