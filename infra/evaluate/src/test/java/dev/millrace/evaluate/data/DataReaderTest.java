package dev.millrace.evaluate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataReaderTest {
    private static final String PAIR = "{\"anchor\": \"a\", \"positive\": \"b\"}";

    @TempDir
    Path folder;

    @Test
    void aFolderOfBeirIsRead() throws IOException {
        // Given titles, a grade of 0, a query that is a document's own text, and ids that are not there
        write("corpus.jsonl", """
            {"_id": "d1", "title": "Mill", "text": "a wheel that water turns"}
            {"_id": "d2", "text": "how do I turn it?"}
            {"_id": "d3", "text": "a race"}
            """);
        write("queries.jsonl", """
            {"_id": "q1", "text": "mill wheel"}
            {"_id": "q2", "text": "how do I turn it?"}
            {"_id": "q3", "text": "never judged"}
            """);
        write("qrels/test.tsv", """
            query-id\tcorpus-id\tscore
            q1\td1\t2
            q1\td3\t0
            q1\td9\t1
            q2\td2\t1
            """);
        write("qrels/dev.tsv", "q3\td3\t1\n");

        // When
        Data.Retrieval data = (Data.Retrieval) read(folder);

        // Then
        assertThat(data.kind()).isEqualTo(Kind.RETRIEVAL);
        assertThat(data.documents()).containsExactly("Mill a wheel that water turns", "how do I turn it?", "a race");
        assertThat(data.queries()).containsExactly("mill wheel");
        assertThat(data.questions().get(0).right()).containsExactly(0);
        assertThat(data.questions().get(0).grades()).containsExactly(2);
        assertThat(data.notes())
                .containsExactly(
                        "2 queries are not asked: nothing but their own text was judged to answer them",
                        "1 judgements are left out: they name a query or a document that is not there");
        assertThat(((Data.Retrieval) DataReader.read(folder, Optional.empty(), Optional.of("dev"))).queries())
                .containsExactly("never judged");
    }

    @Test
    void judgementsOfTrecLieBesideAFolder() throws IOException {
        // Given
        write("corpus.jsonl", "{\"_id\": 7, \"text\": \"a race\"}\n");
        write("queries.jsonl", "{\"_id\": \"q\", \"text\": \"race\"}\n");
        write("qrels.tsv", "q 0 7 1\n");

        // When
        Data.Retrieval data = (Data.Retrieval) read(folder);

        // Then
        assertThat(data.questions().get(0).right()).containsExactly(0);
    }

    @Test
    void severalSplitsWantAName() throws IOException {
        // Given
        write("corpus.jsonl", "{\"_id\": \"d\", \"text\": \"a race\"}\n");
        write("queries.jsonl", "{\"_id\": \"q\", \"text\": \"race\"}\n");
        write("qrels/train.tsv", "q\td\t1\n");
        write("qrels/dev.tsv", "q\td\t1\n");

        // When, Then
        assertThatThrownBy(() -> read(folder)).hasMessage("qrels: has 2 splits; say which with --split NAME");
    }

    @Test
    void pairsAskAmongTheirPositives() throws IOException {
        // Given a byte order mark, ends of Windows, a blank line, and a pair that says what does not answer
        Path file = write(
                "pairs.jsonl",
                "\uFEFF" + PAIR + "\r\n\r\n"
                        + "{\"anchor\": \"c\", \"positive\": \"d\", \"group\": \"g\", \"label\": 0.9}\r\n"
                        + "{\"anchor\": \"c\", \"positive\": \"e\", \"label\": 0.1}\n");

        // When
        Data.Retrieval data = (Data.Retrieval) read(file);

        // Then
        assertThat(data.kind()).isEqualTo(Kind.PAIRS);
        assertThat(data.queries()).containsExactly("a", "c");
        assertThat(data.documents()).containsExactly("b", "d");
    }

    @Test
    void pairsThatAllHaveLabelsAreGradedUnlessTheLabelsAreTheSame() throws IOException {
        // Given
        Path graded = write("graded.jsonl", """
            {"anchor": "a", "positive": "b", "label": 1}
            {"anchor": "c", "positive": "d", "label": 0.2}
            """);
        Path same = write("same.jsonl", """
            {"anchor": "a", "positive": "b", "label": 1}
            {"anchor": "c", "positive": "d", "label": 1}
            """);

        // When
        List<Kind> kinds = List.of(read(graded).kind(), read(same).kind());

        // Then
        assertThat(kinds).containsExactly(Kind.GRADED, Kind.PAIRS);
        assertThat(DataReader.read(graded, Optional.of(Kind.PAIRS), Optional.empty())
                        .kind())
                .isEqualTo(Kind.PAIRS);
    }

    @Test
    void aTableOfTwoTextsAndAScoreIsGradedWhateverItsColumns() throws IOException {
        // Given
        List<Path> files = List.of(
                write("header.tsv", "score\tsentence1\tsentence2\n5\ta \"quoted\ttext b\n0.5\tc\td\n"),
                write("bare.tsv", "a \"quoted\ttext b\t5\nc\td\t0.5\n"),
                write("benchmark.tsv", "x\tx\tx\t1\t5\ta \"quoted\ttext b\nx\tx\tx\t2\t0.5\tc\td\n"),
                write("quoted.csv", "sentence1,sentence2,label\n\"a \"\"quoted\",\"text b\",5\nc,d,0.5\n"),
                write("lines.jsonl", """
                    {"sentence1": "a \\"quoted", "sentence2": "text b", "score": 5}
                    {"sentence1": "c", "sentence2": "d", "score": 0.5}
                    """));

        // When
        List<Data.Graded> read =
                files.stream().map(file -> (Data.Graded) read(file)).toList();

        // Then
        assertThat(read).allSatisfy(data -> {
            assertThat(data.left()).containsExactly("a \"quoted", "c");
            assertThat(data.right()).containsExactly("text b", "d");
            assertThat(data.labels()).containsExactly(5, 0.5);
        });
    }

    @Test
    void aTextAndItsClassIsLabelledInAnyForm() throws IOException {
        // Given
        List<Path> files = List.of(
                write("lines.jsonl", "{\"text\": \"b, c\", \"label\": 2}\n{\"text\": \"d\", \"label\": 10}\n"),
                write("bare.tsv", "b, c\t2\nd\t10\n"),
                write("quoted.csv", "category,text\n2,\"b, c\"\n10,d\n"));

        // When
        List<Data.Labelled> read =
                files.stream().map(file -> (Data.Labelled) read(file)).toList();

        // Then
        assertThat(read).allSatisfy(data -> {
            assertThat(data.learned().texts()).containsExactly("b, c", "d");
            assertThat(data.learned().labels()).containsExactly(1, 0);
            assertThat(data.classes()).containsExactly("10", "2");
        });
    }

    @Test
    void aFolderOfTrainAndTestIsASplit() throws IOException {
        // Given
        write("train.tsv", "b\tx\nc\ty\n");
        write("test.csv", "text,label\nd,y\n");

        // When
        Data.Labelled data = (Data.Labelled) read(folder);

        // Then
        assertThat(data.learned().texts()).containsExactly("b", "c");
        assertThat(data.asked().orElseThrow().labels()).containsExactly(1);
    }

    @Test
    void textsAreLinesOfAnyForm() throws IOException {
        // Given
        List<Path> files = List.of(
                write("texts.txt", "one\n\ntwo\n"),
                write("texts.jsonl", "{\"anchor\": \"one\"}\n{\"text\": \"two\"}\n"));

        // When
        List<Data> read = files.stream().map(this::read).toList();

        // Then
        assertThat(read)
                .allSatisfy(data -> assertThat(((Data.Texts) data).texts()).containsExactly("one", "two"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "p.jsonl | {\"anchor\": \"a\", \"positive\": \"b\"}\\n"
                        + "{\"anchor\": \"a\"} | p.jsonl, line 2: positive: is missing",
                "p.jsonl | {\"anchor\": \"a\", \"positive\": \"b\"}\\n\\n{\"anchor\" | p.jsonl, line 3: must be one JSON document",
                "p.jsonl | {\"anchor\": \"a\", \"positive\": \"\"} | p.jsonl, line 1: positive: must have 1 to 131072 characters",
                "p.jsonl | [1] | p.jsonl, line 1: is no JSON object",
                "p.jsonl | {\"other\": 1} | p.jsonl, line 1: has neither anchor and positive",
                "g.tsv | a\\tb\\t5\\nc\\td\\tmuch | g.tsv, line 2: score: is no number",
                "g.tsv | a\\tb\\t5\\nc\\td | g.tsv, line 2: score: is missing, the line has 2 columns",
                "g.tsv | a\\tb\\t5\\nc\\t \\t1 | g.tsv, line 2: sentence2: is blank",
                "g.tsv | a\\tb\\tc\\td | g.tsv, line 1: is neither two texts",
                "g.csv | text,label\\n\\\"a,b | g.csv, line 2: has a quote that is never closed",
                "l.jsonl | {\"text\": \"a\", \"label\": 1}\\n{\"text\": \"a\"} | l.jsonl, line 2: label: is missing",
                "l.jsonl | {\"text\": \"a\", \"label\": 1} | l.jsonl: has a single class",
                "e.jsonl | | e.jsonl: is empty"
            })
    void whatCannotBeReadIsRefusedByFileAndLine(String name, String content, String message) throws IOException {
        // Given
        String text = Optional.ofNullable(content).orElse("");
        Path file = write(name, text.replace("\\n", "\n").replace("\\t", "\t").replace("\\\"", "\""));

        // When, Then
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(UnreadableDataException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void bytesThatAreNoTextAreRefusedByTheirLine() throws IOException {
        // Given
        Path file = folder.resolve("texts.txt");
        Files.write(file, new byte[] {'a', '\n', 'b', '\n', (byte) 0xC3, '(', '\n'});

        // When, Then
        assertThatThrownBy(() -> read(file)).hasMessage("texts.txt, line 3: is not UTF-8");
    }

    @Test
    void judgementsAreRefusedByTheirLine() throws IOException {
        // Given
        write("corpus.jsonl", "{\"_id\": \"d\", \"text\": \"a race\"}\n");
        write("queries.jsonl", "{\"_id\": \"q\", \"text\": \"race\"}\n");
        write("qrels.tsv", "query-id\tcorpus-id\tscore\nq\td\n");

        // When, Then
        assertThatThrownBy(() -> read(folder))
                .hasMessage("qrels.tsv, line 2: has 2 columns, not query, document and score");
    }

    private Data read(Path data) {
        return DataReader.read(data, Optional.empty(), Optional.empty());
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content, StandardCharsets.UTF_8);
    }
}
