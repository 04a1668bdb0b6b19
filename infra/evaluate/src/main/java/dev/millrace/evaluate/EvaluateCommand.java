package dev.millrace.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.admin.connection.ConnectionOptions;
import dev.millrace.admin.output.Json;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.evaluate.data.Data;
import dev.millrace.evaluate.data.DataReader;
import dev.millrace.evaluate.data.Kind;
import dev.millrace.evaluate.measure.Measurement;
import dev.millrace.evaluate.measure.Result;
import dev.millrace.evaluate.measure.Telling;
import dev.millrace.evaluate.model.ModelOption;
import dev.millrace.evaluate.model.ModelOption.Means;
import dev.millrace.evaluate.model.ModelOption.PromptUse;
import dev.millrace.evaluate.model.TextEncoder;
import dev.millrace.evaluate.report.Comparison;
import dev.millrace.evaluate.report.ComparisonJson;
import dev.millrace.evaluate.report.ComparisonPage;
import dev.millrace.evaluate.report.ComparisonTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./millrace evaluate}. */
@Command(
        name = "evaluate",
        sortOptions = false,
        abbreviateSynopsis = true,
        customSynopsis = "./millrace evaluate DATA (--model FOLDER | --version V | --url URL)... [OPTIONS]",
        description = {
            "Measures models on your data, side by side. Figures: target/evaluate/report.json; a picture:",
            "target/evaluate/report.html. What DATA may be (recognised, or said with --kind):",
            "",
            "  retrieval  a BEIR folder: corpus.jsonl, queries.jsonl, qrels/test.tsv or qrels.tsv   hits, mrr, ndcg@10",
            "  pairs      JSON lines as producers post them: anchor, positive, group?, label?       hits, mrr, ndcg@10",
            "  graded     two texts and a score a line: .tsv, .csv, JSON lines                      spearman, pearson",
            "  labelled   a text and its class a line: JSON lines, .tsv, .csv; or a folder with     accuracy, macroF1",
            "             train and test",
            "  texts      a text a line                                                             alignment,"
                    + " uniformity",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./millrace evaluate data/banking77 --model models/MiniLM",
            "  ./millrace evaluate data/banking77 --version v000000-3fa91c07 --version stable",
            "  ./millrace evaluate pairs.jsonl --url http://127.0.0.1:8080 --model models/MiniLM",
            "  ./millrace evaluate sts-test.tsv --kind graded --model models/MiniLM --json | jq .spearman",
            "",
            "Exit code 0: measured, 1: something failed or a line cannot be read, 2: wrong usage. More:"
                    + " infra/evaluate/README.md"
        })
public final class EvaluateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DATA", description = "a file or a folder")
    private Path data;

    @ArgGroup(multiplicity = "1..*")
    private List<ModelOption> models;

    @Option(names = "--kind", paramLabel = "KIND", description = "one of ${COMPLETION-CANDIDATES}")
    private Optional<Kind> kind;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            description = "which qrels of a folder (default: test, or the only ones)")
    private Optional<String> split;

    @Option(
            names = "--precision",
            paramLabel = "P",
            defaultValue = "fp32",
            description = "of models loaded here: ${COMPLETION-CANDIDATES} (default: fp32)")
    private Precision precision;

    @Option(
            names = "--device",
            paramLabel = "D",
            defaultValue = "cpu",
            description = "of models loaded here: cpu, cuda, cuda:N (default: cpu)")
    private String device;

    @Option(
            names = "--prompts",
            paramLabel = "WHICH",
            defaultValue = "roles",
            description =
                    "what stands before queries and documents, of models that have prompts: ${COMPLETION-CANDIDATES}"
                            + " (default: roles)")
    private PromptUse prompts;

    @Option(names = "--json", description = "print the report as JSON")
    private boolean json;

    @Mixin
    private final ConnectionOptions connection;

    @Spec
    private CommandSpec spec;

    private final Path output;
    private final Map<String, String> environment;

    /**
     * In this environment.
     *
     * @param connection where versions are
     * @param output folder of the report
     * @param environment variables
     */
    EvaluateCommand(ConnectionOptions connection, Path output, Map<String, String> environment) {
        this.connection = connection;
        this.output = output;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.exists(data)) {
            throw usage(data + ": there is no such file or folder");
        }
        Data read = DataReader.read(data, kind, split);
        Means means = new Means(options(), connection::store, token(), prompts);
        PrintWriter err = spec.commandLine().getErr();
        Telling telling = new Telling(
                line -> {
                    err.println(line);
                    err.flush();
                },
                System::nanoTime);
        Measurement measurement = new Measurement(read, telling);
        List<Result> results = new ArrayList<>();
        for (ModelOption model : models) {
            try (TextEncoder encoder = model.open(means)) {
                results.add(measurement.of(encoder));
            }
        }
        report(new Comparison(read, results));
        return CommandLine.ExitCode.OK;
    }

    private EncoderOptions options() {
        Encoder.impediment(precision, device).ifPresent(reason -> {
            throw usage(reason);
        });
        try {
            int processors = Runtime.getRuntime().availableProcessors();
            return new EncoderOptions(device, precision, processors, EncoderOptions.TOKEN_BUDGET);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private Optional<String> token() {
        return Stream.of("MILLRACE_HTTP_TOKENS_READER", "MILLRACE_HTTP_TOKEN")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(token -> !token.isBlank())
                .findFirst();
    }

    private void report(Comparison comparison) throws IOException {
        Files.createDirectories(output);
        JsonNode tree = ComparisonJson.of(comparison);
        Files.writeString(output.resolve("report.json"), Json.print(tree) + "\n");
        Files.writeString(output.resolve("report.html"), ComparisonPage.html(comparison));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.print(tree));
        } else {
            new ComparisonTable(comparison).lines().forEach(out::println);
            out.println("figures: " + output.resolve("report.json") + ", picture: " + output.resolve("report.html"));
        }
    }

    private ParameterException usage(String complaint) {
        return new ParameterException(spec.commandLine(), complaint);
    }
}
