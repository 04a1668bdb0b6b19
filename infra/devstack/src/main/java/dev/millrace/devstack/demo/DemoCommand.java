package dev.millrace.devstack.demo;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.s3.S3Bucket;
import dev.millrace.checkpoints.s3.S3Settings;
import dev.millrace.devstack.DevStack;
import dev.millrace.devstack.demo.data.Dataset;
import dev.millrace.devstack.demo.data.Datasets;
import dev.millrace.devstack.demo.report.QualityPage;
import dev.millrace.devstack.demo.report.Report;
import dev.millrace.devstack.demo.report.ReportJson;
import dev.millrace.devstack.demo.report.Tables;
import dev.millrace.devstack.demo.stack.EncoderTraffic;
import dev.millrace.devstack.demo.stack.IngestionTraffic;
import dev.millrace.devstack.demo.stack.KafkaPairsLog;
import dev.millrace.devstack.demo.stack.Traffic;
import dev.millrace.devstack.demo.stack.VersionBook;
import dev.millrace.devstack.options.Endpoints;
import dev.millrace.devstack.options.Home;
import dev.millrace.devstack.options.Program;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.options.StackOptions;
import dev.millrace.devstack.options.StartOptions;
import dev.millrace.devstack.process.Screen;
import dev.millrace.events.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./millrace demo}: shows an encoder learning from traffic, on real parts, and says whether it did. */
@Command(
        name = "millrace demo",
        description = "Starts the whole stack on MiniLM, posts a drifting stream to it, and measures every version it"
                + " brings into service. Ends by itself; exit code 0 only if quality rose and no request failed.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
    /**
     * The trainer's settings for a stream of minutes. Some dozens of pairs are held out, of which a single one is more than the
     * gate's usual tolerance. There is little to forget, so three quarters of every batch may be new, and too little to learn
     * for dropout to be of use. Word vectors stay as they are, which makes versions smaller.
     */
    public static final Map<String, String> TRAINER = Map.ofEntries(
            Map.entry("millrace.trainer.window-time", "PT8S"),
            Map.entry("millrace.learning.held-out-share", "0.04"),
            Map.entry("millrace.gate.tolerance", "0.06"),
            Map.entry("millrace.learning.replay-share", "0.25"),
            Map.entry("millrace.learning.hard-negatives", "3"),
            Map.entry("millrace.learning.mining-skip", "0"),
            Map.entry("millrace.learning.mining-pool", "1024"),
            Map.entry("millrace.learning.temperature", "0.03"),
            Map.entry("millrace.learning.learning-rate", "0.00007"),
            Map.entry("millrace.learning.dropout", "0"),
            Map.entry("millrace.learning.frozen-depth", "1"));

    private static final int SHORTEST = 120;
    private static final int USUAL = 278;
    private static final int PATIENCE = 180;

    private final Screen screen = Screen.stdout();
    private final Instant begin = Instant.now();

    @Mixin
    private final PairsOption pairs = new PairsOption();

    @Mixin
    private final StartOptions start = new StartOptions();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "ends by then, at least " + SHORTEST + " (default: " + USUAL
                    + ", on a machine too slow for the goal up to " + PATIENCE + " later)")
    private Optional<Integer> seconds = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "of every random choice (default: ${DEFAULT-VALUE})")
    private long seed = 7;

    public static void main(String[] arguments) {
        Program.run(new DemoCommand(), "millrace: ", arguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        RunPlan.Limit limit = limit();
        Dataset data = Datasets.read(pairs.file(), seed, screen);
        RunPlan plan = RunPlan.of(data, pairs.file().isPresent() ? Goal.ofUsersData() : Goal.builtIn(), limit, seed);
        Path folder = Home.find().target().resolve("demo");
        try (DevStack stack = DevStack.start(options(folder, plan), screen)) {
            return finish(run(stack.endpoints(), data, plan), plan, folder);
        }
    }

    private RunPlan.Limit limit() {
        seconds.filter(asked -> asked < SHORTEST).ifPresent(asked -> {
            throw new IllegalArgumentException(
                    "--seconds must be at least " + SHORTEST + ", of which a start takes half a minute, not " + asked);
        });
        return new RunPlan.Limit(
                Duration.ofSeconds(seconds.orElse(USUAL)), Duration.ofSeconds(seconds.isPresent() ? 0 : PATIENCE));
    }

    private StackOptions options(Path folder, RunPlan plan) {
        return start.in(folder)
                .withSetting(Service.TRAINER, "millrace.trainer.window-pairs", Integer.toString(plan.windowPairs()))
                .withSettings(Service.TRAINER, TRAINER)
                .withSetting(Service.ATTRIBUTION, "millrace.attribution.window", "PT3S");
    }

    private Report run(Endpoints at, Dataset data, RunPlan plan) throws InterruptedException {
        Traffic traffic = new Traffic();
        try (KafkaPairsLog log = new KafkaPairsLog(at.kafka(), new Topics("").pairs());
                S3Bucket bucket = S3Bucket.connect(settings(at.s3()))) {
            log.start();
            Platform platform = new Platform(
                    new EncoderTraffic(at.encoder(), traffic),
                    new IngestionTraffic(at.ingestion(), traffic),
                    log,
                    new VersionBook(new CheckpointStore(bucket, Clock.systemUTC())),
                    traffic);
            return new Demo(platform, data, plan, screen, begin).run();
        }
    }

    private static S3Settings settings(Endpoints.S3Access s3) {
        return new S3Settings(s3.endpoint(), "us-east-1", s3.bucket(), "", s3.accessKey(), s3.secretKey());
    }

    private int finish(Report report, RunPlan plan, Path folder) throws IOException {
        List<String> missing = plan.goal().missing(report);
        Path json = folder.resolve("report.json");
        Path picture = folder.resolve("quality.html");
        Files.writeString(json, ReportJson.of(report, missing).toPrettyString() + "\n");
        Files.writeString(picture, QualityPage.html(report));
        Tables.of(report).forEach(screen::line);
        screen.line("picture    " + picture);
        screen.line("report     " + json);
        missing.forEach(line -> screen.line("NOT PASSED " + line));
        if (missing.isEmpty()) {
            screen.line("PASSED     quality rose and nothing failed");
        }
        return missing.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
