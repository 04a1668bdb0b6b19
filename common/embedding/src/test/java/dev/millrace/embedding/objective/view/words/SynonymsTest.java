package dev.millrace.embedding.objective.view.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SynonymsTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("synonyms.tsv");
    }

    @Test
    void wordsAreFoundWhateverTheirCaseAndOnlyWhatSaysTheSame() throws IOException {
        // Given
        Files.writeString(
                file,
                "\uFEFF# for people\r\n\r\n \t\r\nCard\tplastic, bank card,card\r\ngood\tnot bad\r\n喜欢\t喜爱\r\n不错\t很好\r\n");

        // When
        Synonyms synonyms = Synonyms.read(file);

        // Then
        assertThat(synonyms.of("CARD")).containsExactly("plastic", "bank card");
        assertThat(synonyms.of("good")).isEmpty();
        assertThat(synonyms.of("unknown")).isEmpty();
        assertThat(synonyms.end("我喜欢", 1)).isEqualTo(3);
        assertThat(synonyms.end("我不错", 1)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "good great|\"good great\" is not a word, a tab and its synonyms",
                "good\\tgreat\\tfine|is not a word, a tab and its synonyms",
                "\\tgreat|is not a word, a tab and its synonyms",
                "good\\t|is not a word, a tab and its synonyms",
                "good\\tgreat,,fine|is not a word, a tab and its synonyms",
                "credit card\\tplastic|\"credit card\" is never one word",
                "good!\\tgreat|\"good!\" is never one word",
                "T恤\\tshirt|\"t恤\" is never one word",
                "first\\tprimary|\"first\" was there before",
            })
    void aLineThatIsWrongIsRefusedByItsNumber(String line, String reason) throws IOException {
        // Given
        Files.writeString(file, "first\tearliest\n#\n" + line.replace("\\t", "\t") + "\n");

        // When Then
        assertThatThrownBy(() -> Synonyms.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file + ", line 3: ")
                .hasMessageContaining(reason);
    }

    @Test
    void aWordBeyondTheBoundIsRefusedAndShownInPart() throws IOException {
        // Given
        Files.writeString(file, "good\t" + "x".repeat(100_000));

        // When Then
        assertThatThrownBy(() -> Synonyms.read(file))
                .hasMessageContaining("line 1")
                .hasMessageContaining("1..64 characters")
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(400));
    }

    @Test
    void anotherCharacterSetIsRefusedByLine() throws IOException {
        // Given
        Files.write(file, "good\tgreat\nschön\thübsch\n".getBytes(StandardCharsets.ISO_8859_1));

        // When Then
        assertThatThrownBy(() -> Synonyms.read(file))
                .hasMessageContaining("line 2")
                .hasMessageContaining("UTF-8");
    }

    @Test
    void aFileThatIsNotThereOrTooLargeIsRefused() throws IOException {
        // Given
        Path large = folder.resolve("large");
        try (RandomAccessFile hole = new RandomAccessFile(large.toFile(), "rw")) {
            hole.setLength(Synonyms.LARGEST + 1);
        }

        // When Then
        assertThatThrownBy(() -> Synonyms.read(large)).hasMessageContaining(large + " has more than 33554432 bytes");
        assertThatThrownBy(() -> Synonyms.read(file)).hasMessageContaining(file + " cannot be read");
    }
}
