package dev.millrace.bench.command;

import dev.millrace.devstack.BaseModel;
import dev.millrace.devstack.process.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every measurement is told: the model, and how many threads everybody gets. */
public abstract class BenchCommand implements Callable<Integer> {
    public static final Screen SCREEN = Screen.stdout();

    @Spec
    private CommandSpec command;

    @Option(names = "--model", paramLabel = "FOLDER", description = "a Hugging Face folder (default: MiniLM-L6)")
    private Optional<Path> model = Optional.empty();

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "of every contender (default: one a core)")
    private int threads;

    @Override
    public final Integer call() throws IOException {
        check("--threads", threads, 0, 256);
        return measure();
    }

    /** Returns the exit code. */
    public abstract int measure() throws IOException;

    public final Path folder() {
        return model.orElseGet(() -> BaseModel.miniLm(home().resolve("target/models")));
    }

    /** The same model as ONNX; of the user's own only where it brings one along. */
    public final Path onnx() {
        return model.map(folder -> folder.resolve("onnx/model.onnx"))
                .orElseGet(() -> BaseModel.miniLmOnnx(home().resolve("target/models")));
    }

    public final int threads() {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    public final Path output() {
        return home().resolve("target/bench");
    }

    /** Where this command's figures go. */
    public final Path json() {
        return output().resolve(command.name() + ".json");
    }

    public final void check(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw refusal(option + " must lie in " + least + ".." + most + ", not " + value);
        }
    }

    public final CommandLine.ParameterException refusal(String message) {
        return new CommandLine.ParameterException(command.commandLine(), message);
    }

    private static Path home() {
        return Path.of(System.getProperty("millrace.home", "."));
    }
}
