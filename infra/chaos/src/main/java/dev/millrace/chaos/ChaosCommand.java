package dev.millrace.chaos;

import dev.millrace.chaos.plan.ChaosStack;
import dev.millrace.chaos.plan.Settings;
import dev.millrace.chaos.verdict.Report;
import dev.millrace.devstack.DevStack;
import dev.millrace.devstack.options.Home;
import dev.millrace.devstack.options.Program;
import dev.millrace.devstack.options.StackOptions;
import dev.millrace.devstack.options.StartOptions;
import dev.millrace.devstack.process.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./millrace chaos}: breaks everything, again and again, and asks whether a record was lost or learned twice. */
@Command(
        name = "millrace chaos",
        description =
                "Starts the whole stack with a random BERT of one layer, posts a stream with known ids, and kills, freezes,"
                        + " restarts and cuts off its parts at moments drawn from the seed. Then it holds the lineage against the topic, and the"
                        + " weights against those of an undisturbed trainer. Exit code 0 only if nothing was lost and nothing learned"
                        + " twice, no request failed, and, where there is one partition, the bytes are the same.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ChaosCommand implements Callable<Integer> {
    @Option(
            names = "--kills",
            paramLabel = "N",
            description = "SIGKILLs, three in four of a trainer; for every four also a freeze and a clean restart"
                    + " (default: ${DEFAULT-VALUE})")
    private int kills = 20;

    @Option(
            names = "--scales",
            paramLabel = "N",
            description = "trainers told to go, and back up to 15 s later (default: ${DEFAULT-VALUE})")
    private int scales;

    @Option(
            names = "--outages",
            paramLabel = "N",
            description = "of broker and bucket in turn, refusing and silent in turn (default: ${DEFAULT-VALUE})")
    private int outages = 4;

    @Option(
            names = "--longest-outage",
            paramLabel = "SECONDS",
            description = "they last from 1 s to this, short ones more often (default: ${DEFAULT-VALUE})")
    private int longestOutage = 60;

    @Option(names = "--seed", paramLabel = "N", description = "of plan and stream (default: ${DEFAULT-VALUE})")
    private long seed = 7;

    @Option(
            names = "--trainers",
            paramLabel = "N",
            description =
                    "in one group: each learns its partitions, and who has none stands by (default: ${DEFAULT-VALUE})")
    private int trainers = 1;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "of the topic; with several the weights are not compared, as two runs read them in two orders"
                    + " (default: ${DEFAULT-VALUE})")
    private int partitions = 1;

    @Option(
            names = "--rivals",
            paramLabel = "N",
            description =
                    "more trainers, each in a group of its own, so that all learn the same records and only one can"
                            + " move the head (default: ${DEFAULT-VALUE})")
    private int rivals;

    @Option(names = "--only-trainers", description = "spare the other services")
    private boolean onlyTrainers;

    @Mixin
    private final StartOptions start = new StartOptions();

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "keep broker's and bucket's data here, for a look at them")
    private Optional<Path> keep;

    private final Screen screen = Screen.stdout();

    public static void main(String[] arguments) {
        Program.run(new ChaosCommand(), "FAILED ", arguments);
    }

    @Override
    public Integer call() throws Exception {
        Settings settings = new Settings(
                seed,
                new Settings.Faults(kills, scales, outages, Duration.ofSeconds(longestOutage)),
                new Settings.Targets(trainers, partitions, rivals, onlyTrainers));
        Path folder = Home.find().target().resolve("chaos");
        screen.line("seed " + seed + "; ends within " + settings.limit().toMinutes() + " minutes");
        try (DevStack stack = DevStack.start(ChaosStack.equip(bare(folder), settings), screen)) {
            Report report = within(settings.limit(), () -> new Chaos(settings, stack, screen).run());
            return finish(report, folder.resolve("report.json"));
        }
    }

    private StackOptions bare(Path folder) {
        StackOptions options = start.in(folder);
        return keep.map(options::keeping).orElse(options);
    }

    private static Report within(Duration limit, Callable<Report> run) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread chaos = new Thread(task, "chaos");
            chaos.setDaemon(true);
            return chaos;
        });
        try {
            return thread.submit(run).get(limit.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("not over after " + limit.toMinutes() + " minutes", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            thread.shutdownNow();
        }
    }

    private int finish(Report report, Path json) throws IOException {
        Files.writeString(json, report.json());
        report.table().forEach(screen::line);
        screen.line("report     " + json);
        report.wrong().stream().limit(20).forEach(line -> screen.line("WRONG      " + line));
        boolean passed = report.wrong().isEmpty();
        screen.line(
                passed
                        ? "PASSED     nothing lost, nothing twice"
                        : "FAILED     " + report.wrong().size() + " wrong");
        return passed ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
