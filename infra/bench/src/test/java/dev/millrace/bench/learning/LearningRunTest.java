package dev.millrace.bench.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedding.files.RandomBert;
import dev.millrace.embedding.model.InputType;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.events.record.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningRunTest {
    private static final EncoderOptions OPTIONS = EncoderOptions.cpu(1);

    @TempDir
    Path folder;

    @Test
    void learnsWindowsAndPassesAndCountsWhatTheyTook() throws IOException {
        // Given
        Path base = base();
        List<Pair> pairs = pairs();
        Variant variant = Variant.of("test", "batch-pairs", "16", "replay-share", "0", "consolidation-passes", "2");

        try (LearningRun run = new LearningRun(base, variant, OPTIONS, folder.resolve("scratch"))) {
            // When
            for (List<Pair> window : StreamPairs.windows(pairs, 40)) {
                run.learn(window);
                run.consolidate();
            }

            // Then
            assertThat(run.spent().examples())
                    .as("more than the stream: passes")
                    .isGreaterThan(64);
            assertThat(run.spent().tokens()).isGreaterThan(run.spent().examples());
            try (LearnedEncoder learned = LearnedEncoder.of("learned", run.saved(), OPTIONS);
                    LearnedEncoder untrained = LearnedEncoder.of("base", base, OPTIONS)) {
                assertThat(learned.encode(InputType.UNSAID, List.of("question 1"))[0])
                        .isNotEqualTo(untrained.encode(InputType.UNSAID, List.of("question 1"))[0]);
            }
        }
        assertThat(folder.resolve("scratch")).doesNotExist();
    }

    @Test
    void aPresetBringsItsSettings() throws IOException {
        // Given
        Variant variant = Variant.of("test", "preset", "faq", "batch-pairs", "16", "replay-share", "0");

        try (LearningRun run = new LearningRun(base(), variant, OPTIONS, folder.resolve("scratch"))) {
            run.learn(pairs());
            long before = run.spent().examples();

            // When
            run.consolidate();

            // Then
            assertThat(run.spent().examples()).isGreaterThan(before);
        }
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
