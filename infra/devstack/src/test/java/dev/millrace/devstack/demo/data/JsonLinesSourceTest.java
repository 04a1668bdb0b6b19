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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            "[1]",
            "{\"positive\":\"d4\"}",
            "{\"anchor\":\"q5\"}",
            "{\"anchor\":\"q6\",\"positive\":7}",
            "{\"anchor\":\"\u00ff\",\"positive\":\"not UTF-8\"}",
            "{\"anchor\":\"q8\",\"positive\":\"d8\"}"
        };

        // When
        Dataset data = read(lines);

        // Then
        assertThat(data.size()).isEqualTo(2);
        assertThat(skipped).extracting(SkippedLine::number).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(skipped.get(2).reason()).contains("anchor");
        assertThat(skipped.get(3).reason()).contains("positive");
        assertThat(skipped.get(4).reason()).contains("positive");
        assertThat(skipped.get(5).reason()).contains("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void takesAFileAsWindowsToolsWriteIt(String end) throws IOException {
        // Given
        String mark = "\u00ef\u00bb\u00bf";
        String first = mark + "{\"anchor\":\"q1\",\"positive\":\"d1\"}" + end;
        String rest = end + "{\"anchor\":\"q3\",\"positive\":\"d3\"}" + end + " \t" + end + end;

        // When
        Dataset data = read(first + rest);

        // Then
        assertThat(skipped).isEmpty();
        assertThat(data.chapters().get(0).examples()).extracting(Example::id).containsExactly("line-1", "line-3");
    }

    @Test
    void aMarkAnywhereElseIsAFault() throws IOException {
        // When
        Dataset data = read("{\"anchor\":\"q1\",\"positive\":\"d1\"}", "\u00ef\u00bb\u00bf{\"anchor\":\"q2\"}");

        // Then
        assertThat(data.size()).isEqualTo(1);
        assertThat(skipped).extracting(SkippedLine::number).containsExactly(2L);
    }
}
