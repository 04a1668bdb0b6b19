package dev.millrace.bench.memory;

import dev.millrace.bench.command.BenchCommand;
import dev.millrace.bench.command.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./millrace bench losses}: what does the loss of a very large batch cost? */
@Command(
        name = "losses",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Memory and seconds of InfoNCE and its exact gradient over batches of drawn vectors, each in a JVM of its own.",
            "Exit code 1 if one takes more than 1,024 MiB."
        })
public final class LossesCommand extends BenchCommand {
    @Option(
            names = "--batches",
            paramLabel = "N,N",
            split = ",",
            defaultValue = "1024,8192,65536",
            description = "pairs of a batch (default: ${DEFAULT-VALUE})")
    private List<Integer> batches;

    @Option(
            names = "--dimensions",
            paramLabel = "N",
            defaultValue = "64",
            description = "numbers in a vector (default: ${DEFAULT-VALUE})")
    private int dimensions;

    @Override
    public int measure() throws IOException {
        batches.forEach(pairs -> check("--batches", pairs, 2, 65_536));
        check("--dimensions", dimensions, 2, 4096);
        ProcessMemory.check();
        List<LossFigures> figures = new ArrayList<>();
        for (int pairs : batches) {
            SCREEN.line("a loss over " + pairs + " pairs");
            figures.add(run(pairs));
            Results.write(json(), figures);
        }
        SCREEN.line(LossFigures.head());
        figures.forEach(row -> SCREEN.line(row.line()));
        SCREEN.line("written: " + json());
        boolean bounded = LossFigures.bounded(figures);
        SCREEN.line(
                (bounded ? "PASSED     " : "NOT PASSED ") + "goal: at most " + LossFigures.GOAL + " MiB for a loss");
        return bounded ? 0 : 1;
    }

    private LossFigures run(int pairs) throws IOException {
        Path file = output().resolve("losses-" + pairs + ".json");
        LossSettings settings = new LossSettings(pairs, dimensions, threads(), file);
        int exit = ChildJvm.run(LossProcess.class, Results.json(settings));
        if (exit != 0) {
            throw new IOException("the process of the loss over " + pairs + " pairs ended with " + exit);
        }
        return Results.read(Files.readString(file), LossFigures.class);
    }
}
