package dev.millrace.devstack.demo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesSourceTest {
    private static final HeldOutSplit NONE = new HeldOutSplit(0, 0, 1);

    @TempDir
    private Path folder;

    private final List<SkippedLine> skipped = new ArrayList<>();

    private Dataset read(String... lines) throws IOException {
        Path file = folder.resolve("pairs.jsonl");
        Files.write(file, String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1));
        return new JsonLinesSource(file, NONE, skipped::add).read();
    }

    @Test
    void keepsTheFilesOrderAndEveryField() throws IOException {
        // Given
        String[] lines = {
            "{\"anchor\":\"q1\",\"positive\":\"d1\",\"group\":\"g\",\"negatives\":[\"n\"],\"ts\":\"2012-12-15T00:12:38Z\"}",
            "{\"anchor\":\"q2\",\"positive\":\"d2\",\"jira\":\"KAFKA-1\"}"
        };

        // When
        Dataset data = read(lines);

        // Then
        List<Example> examples = data.chapters().get(0).examples();
        assertThat(skipped).isEmpty();
        assertThat(examples).extracting(Example::query).containsExactly("q1", "q2");
        assertThat(examples.get(0).negatives()).containsExactly("n");
        assertThat(examples.get(0).group()).contains("g");
        assertThat(examples).extracting(Example::domain).containsExactly("g", JsonLinesSource.UNGROUPED);
    }

    @Test
    void namesEveryBadLineByItsNumberAndGoesOn() throws IOException {
        // Given
        String[] lines = {
            "{\"anchor\":\"q1\",\"positive\":\"d1\"}",
            "{\"anchor\":\"q2\",",
            "",
            "[1]",
            "{\"positive\":\"d5\"}",
            "{\"anchor\":\"q6\"}",
            "{\"anchor\":\"q7\",\"positive\":7}",
            "{\"anchor\":\"\u00ff\",\"positive\":\"not UTF-8\"}",
            "{\"anchor\":\"q9\",\"positive\":\"d9\"}"
        };

        // When
        Dataset data = read(lines);

        // Then
        assertThat(data.size()).isEqualTo(2);
        assertThat(skipped).extracting(SkippedLine::number).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(skipped.get(3).reason()).contains("anchor");
        assertThat(skipped.get(4).reason()).contains("positive");
        assertThat(skipped.get(5).reason()).contains("positive");
        assertThat(skipped.get(6).reason()).contains("UTF-8");
    }
}
