package dev.millrace.bench.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.files.RandomBert;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.round.OuterStep;
import dev.millrace.trainer.learning.round.delta.DeltaCodecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainersTogetherTest {
    private static final EncoderOptions OPTIONS = EncoderOptions.cpu(1);
    private static final Variant VARIANT = Variant.of("test", "batch-pairs", "16", "seed", "3");

    @TempDir
    Path folder;

    @Test
    void oneAloneLearnsWhatATrainerLearns() throws IOException {
        // Given
        Path base = base();
        List<List<Pair>> windows = StreamPairs.windows(pairs(), 40);
        byte[] expected;
        try (LearningRun run = new LearningRun(base, VARIANT, OPTIONS, folder.resolve("run"))) {
            windows.forEach(run::learn);
            expected = Files.readAllBytes(run.saved().resolve("model.safetensors"));
        }

        // When
        try (TrainersTogether alone =
                new TrainersTogether(base, VARIANT, Together.ALONE, OPTIONS, folder.resolve("alone"))) {
            windows.forEach(alone::learn);

            // Then
            assertThat(alone.saved().resolve("model.safetensors")).hasBinaryContent(expected);
            assertThat(alone.rounds()).isEqualTo(2);
            assertThat(alone.pairs()).isEqualTo(64);
        }
    }

    @ParameterizedTest
    @CsvSource({"fp32, false", "top-k, false", "bf16, true"})
    void severalLearnTheSamePairsEachItsShare(String codec, boolean ahead) throws IOException {
        // Given
        Together way = new Together(3, DeltaCodecs.named(codec), new OuterStep(.7, .9, 0), ahead);

        // When
        try (TrainersTogether several =
                new TrainersTogether(base(), VARIANT, way, OPTIONS, folder.resolve("several"))) {
            StreamPairs.windows(pairs(), 32).forEach(several::learn);

            // Then every share of ten or eleven pairs is one step of its trainer, two where some is replayed
            assertThat(several.steps()).isBetween(6L, 12L);
            assertThat(several.bytes()).isPositive();
            assertThat(several.seconds()).isPositive();
        }
    }

    @Test
    void anOrderChangesNoPair() throws IOException {
        // Given
        Phases phases = new Phases(List.of(pairs().subList(0, 30), pairs().subList(30, 64)), List.of());

        // When
        List<List<Pair>> shuffled = PairOrder.SHUFFLED.windows(phases, 1, 20);

        // Then
        assertThat(shuffled).extracting(List::size).containsExactly(20, 20, 20, 4);
        assertThat(PairOrder.PHASES.windows(phases, 1, 20))
                .extracting(List::size)
                .containsExactly(20, 10, 20, 14);
        assertThat(shuffled.stream().flatMap(List::stream).map(Pair::anchor))
                .containsExactlyInAnyOrderElementsOf(
                        pairs().stream().map(Pair::anchor).toList());
    }

    @Test
    void anOuterStepIsWrittenAsItIsRead() {
        // When
        OuterStep step = Together.step("0.7/0.9/0");

        // Then
        assertThat(step).isEqualTo(new OuterStep(.7, .9, 0));
        assertThat(new Together(2, DeltaCodecs.named("int8"), step, false).outer())
                .isEqualTo("0.7/0.9/0");
        assertThat(new Together(2, DeltaCodecs.named("int8"), step, true).outer())
                .isEqualTo("0.7/0.9/0 ahead");
        assertThat(Together.ALONE.outer()).isEqualTo("1/0/0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1/0", "1/0/0/0", "fast/0/0", "0/0/0", "1/1/0", "1/0/2"})
    void whatIsNoOuterStepIsRefused(String text) {
        assertThatThrownBy(() -> Together.step(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private Path base() throws IOException {
        List<String> words = Stream.concat(
                        Stream.of("question", "answer"), IntStream.range(0, 64).mapToObj(Integer::toString))
                .toList();
        return new RandomBert(1, 32, 64, 0.1, 5).write(folder.resolve("base"), words);
    }

    private List<Pair> pairs() throws IOException {
        Path file = folder.resolve("pairs.jsonl");
        Files.write(
                file,
                IntStream.range(0, 64)
                        .mapToObj(i -> "{\"anchor\": \"question " + i + "\", \"positive\": \"answer " + i + "\"}")
                        .toList());
        return StreamPairs.read(file);
    }
}
