package dev.millrace.bench;

import dev.millrace.devstack.BaseModel;
import dev.millrace.embedding.EncoderOptions;
import dev.millrace.embedding.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./millrace bench}: how fast this machine trains and encodes. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures training and encoding on this machine.")
public final class Bench implements Runnable {
    @Option(
            names = "--model",
            scope = CommandLine.ScopeType.INHERIT,
            description = "A Hugging Face folder; default: MiniLM-L6.")
    Optional<Path> model = Optional.empty();

    @Option(
            names = "--texts",
            scope = CommandLine.ScopeType.INHERIT,
            description = "A file with one text a line; default: generated words.")
    Optional<Path> texts = Optional.empty();

    @Option(
            names = "--runs",
            defaultValue = "7",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Counted runs of each work (default ${DEFAULT-VALUE}).")
    int runs;

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
        report("train", TrainingWork.all());
    }

    @Command(name = "encode", description = "Texts a second, and milliseconds of a single query.")
    void encode() {
        report("encode", EncodingWork.all(texts));
    }

    private void report(String name, List<Work> works) {
        Path home = Path.of(System.getProperty("millrace.home", "."));
        Path folder = model.orElseGet(() -> BaseModel.miniLm(home.resolve("target/models")));
        int threads = Runtime.getRuntime().availableProcessors();
        List<Measurement> measurements = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            EncoderOptions options = EncoderOptions.cpu(threads).with(precision);
            for (Work work : works) {
                System.out.printf("measuring %s in %s, %d runs%n", work.name(), precision, runs);
                measurements.add(Measurement.of(work, precision, work.run(folder, options, runs)));
            }
        }
        Results.print(threads, measurements);
        Results.write(home.resolve("target/bench").resolve(name + ".json"), measurements);
    }
}
