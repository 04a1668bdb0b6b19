package dev.millrace.bench;

import dev.millrace.devstack.BaseModel;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./millrace bench}: how fast this machine trains and encodes, beside what a user would take instead. */
@Command(
        name = "millrace bench",
        mixinStandardHelpOptions = true,
        description = "Measures training and encoding on this machine, in turns with the peers found on it.",
        sortOptions = false)
public final class Bench implements Runnable {
    @Option(
            names = "--model",
            paramLabel = "FOLDER",
            scope = CommandLine.ScopeType.INHERIT,
            description = "a Hugging Face folder (default: MiniLM-L6)")
    Optional<Path> model = Optional.empty();

    @Option(
            names = "--texts",
            paramLabel = "FILE",
            scope = CommandLine.ScopeType.INHERIT,
            description =
                    "your own texts, one a line; for training the first 64 pair with the next 64 (default: generated)")
    Optional<Path> texts = Optional.empty();

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "7",
            scope = CommandLine.ScopeType.INHERIT,
            description = "counted runs of each work (default: ${DEFAULT-VALUE})")
    int runs;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            scope = CommandLine.ScopeType.INHERIT,
            description = "of every contender (default: one a core)")
    int threads;

    @Option(
            names = "--python",
            paramLabel = "PATH",
            scope = CommandLine.ScopeType.INHERIT,
            description =
                    "a Python with sentence-transformers, torch and onnxruntime, as far as they are to be measured")
    Optional<Path> python = Optional.empty();

    @Option(
            names = "--tei",
            paramLabel = "URL",
            scope = CommandLine.ScopeType.INHERIT,
            description = "a running text-embeddings-inference with the same model")
    Optional<URI> tei = Optional.empty();

    /** Runs the command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(new CommandLine(this), "say what to measure: train or encode");
    }

    @Command(name = "train", description = "Milliseconds of one training step.")
    void train() {
        report(
                "train",
                Works.training(texts),
                (folder, contenders) -> contenders.training(folder, threads(), setting(folder)));
    }

    @Command(name = "encode", description = "Texts a second, and milliseconds of a single text.")
    void encode() {
        report(
                "encode",
                Works.encoding(texts),
                (folder, contenders) -> contenders.encoding(folder, threads(), setting(folder), tei));
    }

    private void report(String name, List<Work> works, BiConsumer<Path, Contenders> gather) {
        check("--runs", runs, 1, 1000);
        check("--threads", threads, 0, 256);
        Path folder = model.orElseGet(() -> BaseModel.miniLm(home().resolve("target/models")));
        Path file = home().resolve("target/bench").resolve(name + ".json");
        try (Contenders contenders = new Contenders(Bench::say)) {
            gather.accept(folder, contenders);
            say(threads() + " threads, medians of " + runs + " runs in turns");
            Match match = new Match(contenders.present(), runs, Bench::say);
            List<Measurement> measured = new ArrayList<>();
            for (Work work : works) {
                List<Measurement> rows = match.play(work);
                measured.addAll(rows);
                Results.write(file, measured);
                say(Results.head());
                Results.table(rows).forEach(Bench::say);
            }
        }
        say("written: " + file);
    }

    private void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new CommandLine.ParameterException(
                    new CommandLine(this), option + " must lie in " + least + ".." + most + ", not " + value);
        }
    }

    private Optional<PythonPeer.Setting> setting(Path folder) {
        Path work = home().resolve("target/bench");
        return python.map(path -> new PythonPeer.Setting(
                path, PythonPeer.Setting.script(work), folder, onnx(folder), threads(), work.resolve("peers.log")));
    }

    private Path onnx(Path folder) {
        return model.isPresent()
                ? folder.resolve("onnx/model.onnx")
                : BaseModel.miniLmOnnx(home().resolve("target/models"));
    }

    private int threads() {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    private static Path home() {
        return Path.of(System.getProperty("millrace.home", "."));
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
