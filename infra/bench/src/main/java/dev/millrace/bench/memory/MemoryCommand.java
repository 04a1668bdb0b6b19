package dev.millrace.bench.memory;

import dev.millrace.bench.command.BenchCommand;
import dev.millrace.bench.command.Results;
import dev.millrace.embedding.network.EncoderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./millrace bench memory}: does a large batch need more memory than a small one? */
@Command(
        name = "memory",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Peak resident memory of training steps with batches of several sizes, each in a JVM of its own.",
            "Exit code 1 if one takes more than 1.2 times the first's."
        })
public final class MemoryCommand extends BenchCommand {
    private static final int LEAST_TOKENS = 8;
    private static final int MOST_TOKENS = 512;

    @Option(
            names = "--batches",
            paramLabel = "N,N",
            split = ",",
            defaultValue = "64,1024",
            description = "pairs of a batch, the first is compared with (default: ${DEFAULT-VALUE})")
    private List<Integer> batches;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            defaultValue = "32",
            description = "of each text (default: ${DEFAULT-VALUE})")
    private int tokens;

    @Override
    public int measure() throws IOException {
        batches.forEach(pairs -> check("--batches", pairs, 2, 65_536));
        check("--tokens", tokens, LEAST_TOKENS, MOST_TOKENS);
        ProcessMemory.check();
        EncoderOptions options = EncoderOptions.cpu(threads());
        List<MemoryFigures> figures = new ArrayList<>();
        for (int pairs : batches) {
            SCREEN.line("a batch of " + pairs + " pairs of " + tokens + " tokens");
            figures.add(run(pairs, options));
            Results.write(json(), figures);
        }
        SCREEN.line(MemoryFigures.head());
        figures.forEach(row -> SCREEN.line(row.line(figures.get(0))));
        SCREEN.line("written: " + json());
        boolean flat = MemoryFigures.flat(figures);
        SCREEN.line((flat ? "PASSED     " : "NOT PASSED ") + "goal: at most " + MemoryFigures.GOAL
                + " times the first batch's peak");
        return flat ? 0 : 1;
    }

    private MemoryFigures run(int pairs, EncoderOptions options) throws IOException {
        Path file = output().resolve("memory-" + pairs + ".json");
        MemorySettings settings = new MemorySettings(
                folder(), options, MemorySettings.Load.of(pairs, tokens, Collections.max(batches)), file);
        int exit = ChildJvm.run(MemoryProcess.class, Results.json(settings));
        if (exit != 0) {
            throw new IOException("the process of the batch of " + pairs + " ended with " + exit);
        }
        return Results.read(Files.readString(file), MemoryFigures.class);
    }
}
