package dev.millrace.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.admin.connection.Clients;
import dev.millrace.admin.connection.Environment;
import dev.millrace.admin.connection.LiveClients;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class EvaluateCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PAIRS = """
        {"anchor": "aaa", "positive": "aab"}
        {"anchor": "ccc", "positive": "ccd"}
        {"anchor": "ef", "positive": "zzz", "group": "g"}
        {"anchor": "yyy", "positive": "eef", "group": "g"}
        """;

    @TempDir
    Path folder;

    private final Map<String, String> variables = new HashMap<>(Map.of("MILLRACE_HTTP_TOKEN", FakeEncoder.TOKEN));
    private FakeEncoder encoder;
    private String out = "";
    private String err = "";

    @BeforeEach
    void start() throws IOException {
        encoder = new FakeEncoder();
    }

    @AfterEach
    void stop() {
        encoder.close();
    }

    @Test
    void oneModelIsATableAReportAndAPicture() throws IOException {
        // Given pairs of which "yyy" alone finds nothing that it shares a letter with
        Path pairs = write("pairs.jsonl", PAIRS);

        // When
        int code = run(pairs, "--url", encoder.url());

        // Then
        assertThat(err).isEmpty();
        assertThat(code).isZero();
        assertThat(out).startsWith("pairs.jsonl: 4 queries, 4 documents\n").contains("top 1", "not in 5", "ndcg@10");
        JsonNode report = report();
        assertThat(report.path("hit@1").asDouble()).isEqualTo(0.75);
        assertThat(report.path("hit@5").asDouble()).isEqualTo(1);
        assertThat(report.path("noMatch").asDouble()).isZero();
        assertThat(report.path("top").toString()).isEqualTo("[3,0,1,0,0]");
        assertThat(report.path("mrr").asDouble())
                .isCloseTo((3 + 1 / 3.0) / 4, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(report.path("kind").asText()).isEqualTo("pairs");
        assertThat(Files.readString(folder.resolve("evaluate/report.html")))
                .contains("<svg", "<rect", FakeEncoder.VERSION, "ndcg@10");
    }

    @ParameterizedTest
    @CsvSource({
        "pairs.jsonl, roles, document query",
        "pairs.jsonl, default, unsaid unsaid",
        "graded.tsv, roles, unsaid",
        "texts.txt, roles, unsaid"
    })
    void whatIsSearchedForIsAskedAsQueriesAndDocumentsUnlessAllTextsAreAlike(String data, String prompts, String types)
            throws IOException {
        // Given
        Path file = write(
                data,
                switch (data) {
                    case "pairs.jsonl" -> PAIRS;
                    case "graded.tsv" -> "aaa\taab\t1\nccc\tddd\t0\n";
                    default -> "aaa\nbbb\n";
                });

        // When
        int code = run(file, "--url", encoder.url(), "--prompts", prompts);

        // Then
        assertThat(code).as(err).isZero();
        assertThat(encoder.types).containsExactly(types.split(" "));
    }

    @Test
    void severalModelsAreAListInTheOrderInWhichTheyWereNamed() throws IOException {
        // Given
        Path pairs = write("pairs.jsonl", PAIRS);
        try (FakeEncoder other = new FakeEncoder()) {
            // When
            int code = run(pairs, "--url", other.url(), "--url", encoder.url());

            // Then
            assertThat(code).isZero();
            assertThat(report()).hasSize(2);
            assertThat(report().findValuesAsText("model"))
                    .containsExactly(
                            FakeEncoder.VERSION + " at " + other.url().substring("http://".length()),
                            FakeEncoder.VERSION + " at " + encoder.url().substring("http://".length()));
        }
    }

    @Test
    void everyRequestIsForTheOneVersion() throws IOException {
        // Given more texts than a request takes
        Path texts = write(
                "texts.txt", IntStream.range(0, 400).mapToObj(i -> "text " + i).collect(Collectors.joining("\n")));

        // When
        int code = run(texts, "--url", encoder.url());

        // Then
        assertThat(code).isZero();
        assertThat(encoder.askedFor).containsOnly(FakeEncoder.VERSION);
        assertThat(encoder.batches).allMatch(size -> size <= 128).hasSizeGreaterThan(3);
    }

    @Test
    void aTextThatIsRefusedIsCountedAndHarmsNoOther() throws IOException {
        // Given
        Path pairs = write("pairs.jsonl", PAIRS + "{\"anchor\": \"gh\", \"positive\": \"refused\"}\n");

        // When
        int code = run(pairs, "--url", encoder.url());

        // Then
        assertThat(code).isZero();
        assertThat(out).contains("note: ", "has no vector for 1 of the texts");
        assertThat(report().path("withoutVector").asInt()).isEqualTo(1);
        assertThat(report().path("hit@1").asDouble()).isEqualTo(0.6);
    }

    @Test
    void gradedPairsHaveASpearmanAndJsonIsPrinted() throws IOException {
        // Given scores in the order of the letters that are shared
        Path graded = write("sts.tsv", "abcd\tabcd\t5\nabcd\tabcz\t4\nabcd\tabyz\t3\nabcd\twxyz\t0\n");

        // When
        int code = run(graded, "--url", encoder.url(), "--json");

        // Then
        assertThat(code).isZero();
        assertThat(JSON.readTree(out).path("spearman").asDouble())
                .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void labelledTextsHaveAnAccuracyAndTextsAreSpread() throws IOException {
        // Given two classes of different letters
        Path labelled = write(
                "labelled.tsv",
                IntStream.range(0, 40)
                        .mapToObj(
                                i -> (i % 2 == 0 ? "abc" : "xyz").repeat(1 + i % 3) + "m".repeat(i % 5) + "\t" + i % 2)
                        .collect(Collectors.joining("\n")));
        Path texts = write("texts.txt", "abc\nxyz\n");

        // When
        List<JsonNode> reports = new ArrayList<>();
        for (Path data : List.of(labelled, texts)) {
            run(data, "--url", encoder.url());
            reports.add(report());
        }

        // Then
        assertThat(reports.get(0).path("accuracy").asDouble()).isEqualTo(1);
        assertThat(reports.get(0).path("macroF1").asDouble()).isEqualTo(1);
        assertThat(reports.get(1).path("uniformity").asDouble())
                .isCloseTo(-4, org.assertj.core.data.Offset.offset(1e-5));
        assertThat(reports.get(1).has("alignment")).isTrue();
    }

    @Test
    void whatCannotBeReadIsOneLineAndExitCodeOne() throws IOException {
        // Given
        Path pairs = write("pairs.jsonl", PAIRS + "{\"anchor\": 7}\n");

        // When
        int code = run(pairs, "--url", encoder.url());

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(err).isEqualTo("millrace: pairs.jsonl, line 5: anchor: must be a string\n");
    }

    @Test
    void whatFailsIsOneLineAndExitCodeOne() throws IOException {
        // Given
        Path pairs = write("pairs.jsonl", PAIRS);
        variables.clear();

        // When
        int code = run(pairs, "--url", encoder.url());

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(err.lines()).singleElement().asString().contains("401");
    }

    @Test
    void wrongUsageIsExitCodeTwo() throws IOException {
        // Given
        Path pairs = write("pairs.jsonl", PAIRS);
        List<Integer> codes = new ArrayList<>();

        // When
        codes.add(run(pairs));
        codes.add(run(folder.resolve("none"), "--url", encoder.url()));
        codes.add(run(pairs, "--kind", "riddles", "--url", encoder.url()));
        codes.add(run(pairs, "--device", "abacus", "--url", encoder.url()));
        codes.add(run(pairs, "--version", "stable"));

        // Then
        assertThat(codes).containsOnly(2);
        assertThat(err).contains("no bucket: name one with --s3 URL");
    }

    private int run(Path data, String... arguments) {
        Clients clients = new LiveClients();
        Environment environment = new Environment(variables, folder.resolve("none.json"), clients, Clock.systemUTC());
        StringWriter printed = new StringWriter();
        StringWriter complained = new StringWriter();
        CommandLine line = Evaluate.commandLine(environment, folder.resolve("evaluate"));
        line.setOut(new PrintWriter(printed)).setErr(new PrintWriter(complained));
        int code = line.execute(
                Stream.concat(Stream.of(data.toString()), Stream.of(arguments)).toArray(String[]::new));
        out = printed.toString();
        err = complained.toString();
        return code;
    }

    private JsonNode report() throws IOException {
        return JSON.readTree(folder.resolve("evaluate/report.json").toFile());
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
