package dev.millrace.admin.reindex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.admin.Console;
import dev.millrace.checkpoints.space.Space;
import dev.millrace.checkpoints.space.Spaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReindexCommandTest {
    /** More than two requests hold. */
    private static final int TEXTS = 600;

    @TempDir
    Path folder;

    private Console console;
    private FakeEncoder encoder;
    private Path output;

    @BeforeEach
    void start() throws IOException {
        console = new Console(folder);
        encoder = new FakeEncoder(Console.FIRST);
        output = folder.resolve("index");
    }

    @AfterEach
    void stop() {
        encoder.close();
    }

    @Test
    void everyTextIsWrittenAndTheSpaceIsKept() throws IOException {
        // Given
        Path corpus = corpus("text 7");

        // When
        int code = reindex(corpus, "--space", "products", "--anchors", "50");

        // Then
        assertThat(code).as(console.err()).isZero();
        assertThat(Files.readAllLines(output))
                .hasSize(TEXTS)
                .element(0)
                .asString()
                .startsWith("{\"id\":\"d0\",\"vector\":[");
        Space space = new Spaces(console.bucket).read("products").orElseThrow();
        assertThat(space.version()).isEqualTo(Console.FIRST);
        assertThat(space.texts()).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void whatWasBrokenOffGoesOnWithTheSameVersionAndEndsAsIfItHadNotBeen() throws IOException {
        // Given
        Path corpus = corpus(FakeEncoder.FAILING);
        assertThat(reindex(corpus)).isEqualTo(1);
        int before = encoder.encoded.get();
        Files.writeString(output, Files.readString(output) + "{\"id\":\"half a li");
        encoder.mend();
        encoder.serve(Console.SECOND);

        // When
        int code = reindex(corpus);

        // Then
        assertThat(code).as(console.err()).isZero();
        assertThat(console.out()).contains(TEXTS + " texts by " + Console.FIRST);
        assertThat(encoder.encoded.get()).isEqualTo(TEXTS);
        assertThat(before).isGreaterThan(0);
        assertThat(Files.readAllLines(output).stream()
                        .map(line -> line.substring("{\"id\":\"".length(), line.indexOf("\",\"vector")))
                        .toList())
                .isEqualTo(IntStream.range(0, TEXTS).mapToObj(i -> "d" + i).toList());
    }

    @Test
    void vectorsOfAnotherVersionAreNotPutToThoseThatAreThere() throws IOException {
        // Given
        Path corpus = corpus("text 7");
        reindex(corpus);

        // When
        int code = reindex(corpus, "--version-name", Console.SECOND);

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.err()).contains("holds vectors of " + Console.FIRST);
    }

    @Test
    void formsOfOthers() {
        // Given
        Document document = new Document("a\tb", "text");
        float[] vector = {0.5f, -1e-7f};

        // Then
        assertThat(VectorForm.PGVECTOR.lines(document, vector)).isEqualTo("a\\tb\t[0.5,-1.0E-7]\n");
        assertThat(VectorForm.OPENSEARCH.lines(document, vector)).isEqualTo("""
                        {"update":{"_id":"a\\tb"}}
                        {"doc_as_upsert":true,"doc":{"vector":[0.5,-1.0E-7]}}
                        """);
    }

    private int reindex(Path corpus, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("reindex", corpus.toString(), "--encoder", encoder.url(), "--output", output.toString()));
        arguments.addAll(List.of(more));
        return console.run(arguments.toArray(String[]::new));
    }

    /** The last but one text is this one. */
    private Path corpus(String odd) throws IOException {
        Path file = folder.resolve("corpus.jsonl");
        Files.write(
                file,
                IntStream.range(0, TEXTS)
                        .mapToObj(i ->
                                "{\"id\":\"d" + i + "\",\"text\":\"" + (i == TEXTS - 2 ? odd : "text " + i) + "\"}")
                        .toList());
        return file;
    }
}
