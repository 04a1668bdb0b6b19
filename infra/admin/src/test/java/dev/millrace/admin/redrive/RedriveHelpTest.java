package dev.millrace.admin.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.admin.Console;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedriveHelpTest {
    @Test
    void namesEveryTopicAndSaysThatAnOldTextOfADocumentComesBack(@TempDir Path folder) {
        // Given
        Console console = new Console(folder);

        // When
        console.run("redrive", "--help");

        // Then
        String topics = console.out()
                .lines()
                .filter(line -> line.contains("without prefix"))
                .findFirst()
                .orElse("");
        assertThat(topics)
                .contains(Arrays.stream(EventKind.values())
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                        .toList());
        assertThat(console.out().replaceAll("\\s+", " "))
                .contains("was deleted, or after a newer text of it came, brings the old text back");
    }
}
