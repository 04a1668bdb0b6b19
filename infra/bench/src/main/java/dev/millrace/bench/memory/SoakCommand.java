package dev.millrace.bench.memory;

import dev.millrace.bench.command.BenchCommand;
import dev.millrace.bench.command.Results;
import dev.millrace.devstack.demo.PairsOption;
import java.nio.file.Files;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./millrace bench soak}: does native memory stay flat? */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains and encodes for some minutes in a JVM of its own and watches its resident memory.",
            "Exit code 1 if native memory grew by more than 3 %% and 32 MiB."
        })
public final class SoakCommand extends BenchCommand {
    @Mixin
    private final PairsOption pairs = new PairsOption();

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "2000",
            description = "training steps (default: ${DEFAULT-VALUE})")
    private int steps;

    @Option(
            names = "--encodes",
            paramLabel = "N",
            defaultValue = "200000",
            description = "texts encoded (default: ${DEFAULT-VALUE})")
    private int encodes;

    @Override
    public int measure() {
        check("--steps", steps, 200, 10_000_000);
        check("--encodes", encodes, 200, 1_000_000_000);
        pairs.file().filter(file -> !Files.isReadable(file)).ifPresent(file -> {
            throw refusal("--pairs: " + file + " cannot be read");
        });
        ProcessMemory.check();
        SoakSettings settings = new SoakSettings(
                folder(), threads(), pairs.file().stream().toList(), new SoakSettings.Work(steps, encodes), json());
        int exit = ChildJvm.run(SoakProcess.class, Results.json(settings));
        SCREEN.line("written: " + json());
        return exit;
    }
}
