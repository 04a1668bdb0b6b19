package dev.millrace.bench.scale;

import dev.millrace.bench.command.BenchCommand;
import dev.millrace.bench.command.Results;
import dev.millrace.bench.command.ServerBucket;
import dev.millrace.bench.scale.constant.BucketMeasures;
import dev.millrace.bench.scale.constant.Constants;
import dev.millrace.bench.scale.constant.Measured;
import dev.millrace.bench.scale.constant.MergeMeasures;
import dev.millrace.devstack.options.MinioOption;
import dev.millrace.embedding.network.EncoderOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./millrace bench scale}: how much faster are several trainers, by simulation? */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Simulates rounds of several trainers, driven by constants that --measure finds on this machine: pairs a second, what",
            "trainers wait for, how long a pair takes to be served, and what a slow trainer and trainers that die leave of it."
        })
public final class ScaleCommand extends BenchCommand {
    private static final int MOST_TRAINERS = 1024;
    private static final int GOAL_TRAINERS = 16;
    private static final double GOAL = .9;
    private static final List<Integer> AT_ONCE = List.of(1, 4);
    private static final List<String> CODECS = List.of("fp32", "bf16", "int8", "top-k");

    @Mixin
    private ScaleOptions options;

    @Option(
            names = "--trainers",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,2,4,8,16,32",
            description = "how many (default: ${DEFAULT-VALUE})")
    private List<Integer> trainers;

    @Option(
            names = "--windows",
            paramLabel = "N",
            split = ",",
            defaultValue = "1024,4096,16384",
            description = "pairs of a trainer's window (default: ${DEFAULT-VALUE})")
    private List<Long> windows;

    @Option(
            names = "--window-time",
            paramLabel = "S",
            defaultValue = "30",
            description = "millrace.trainer.window-time")
    private double windowTime;

    @Option(
            names = "--load",
            paramLabel = "SHARE",
            defaultValue = "0.8",
            description =
                    "of what they can learn is posted, where seconds to being served are asked (default: ${DEFAULT-VALUE})")
    private double load;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "of all that is drawn (default: 1)")
    private long seed;

    @Option(
            names = "--measure",
            description = "measures constants on this machine, with a bucket on s3proxy, and simulates nothing")
    private boolean measured;

    @Mixin
    private MinioOption minio;

    @Override
    public int measure() throws IOException {
        return measured ? constants() : simulated();
    }

    private int constants() throws IOException {
        Path folder = output().resolve("scale");
        EncoderOptions encoders = EncoderOptions.cpu(threads());
        List<Measured> figures =
                new ArrayList<>(MergeMeasures.of(folder(), encoders, CODECS, folder.resolve("deltas")));
        try (ServerBucket server = ServerBucket.start(minio, folder.resolve("bucket"), SCREEN)) {
            figures.addAll(new BucketMeasures(server.bucket(), folder().resolve("model.safetensors")).of(AT_ONCE));
        }
        figures.forEach(
                figure -> SCREEN.line(String.format(Locale.ROOT, "%-44s %10.3f", figure.what(), figure.value())));
        Results.write(json(), figures);
        return 0;
    }

    private int simulated() {
        trainers.forEach(count -> check("--trainers", count, 1, MOST_TRAINERS));
        windows.forEach(window -> check("--windows", window, 1, 1 << 24));
        if (!(load > 0 && load <= 1 && windowTime > 0)) {
            throw refusal("--load must lie in (0, 1], and --window-time above 0: " + load + ", " + windowTime);
        }
        try {
            Constants constants = options.constants();
            constants.rows().forEach(row -> SCREEN.line(String.join("  ", row)));
            ScaleRuns runs = new ScaleRuns(constants, options.meeting(), windowTime, seed);
            List<ScaleRow> rows = rows(runs);
            List<TroubleRow> troubled = troubled(runs);
            smallest(runs);
            Results.write(json(), Map.of("constants", constants.rows(), "rows", rows, "trouble", troubled));
            return 0;
        } catch (IllegalArgumentException e) {
            throw refusal(e.getMessage());
        }
    }

    private List<ScaleRow> rows(ScaleRuns runs) {
        List<ScaleRow> rows = new ArrayList<>();
        for (long window : windows) {
            trainers.forEach(count -> rows.add(runs.row(count, window, load)));
        }
        ScaleRow.table(rows).forEach(SCREEN::line);
        return rows;
    }

    private List<TroubleRow> troubled(ScaleRuns runs) {
        List<TroubleRow> rows = new ArrayList<>();
        for (long window : windows) {
            trainers.stream()
                    .filter(count -> count > 1)
                    .forEach(count -> rows.add(runs.troubled(count, window, options.slow(), options.faults())));
        }
        TroubleRow.table(rows).forEach(SCREEN::line);
        return rows;
    }

    private void smallest(ScaleRuns runs) {
        SCREEN.line(runs.smallestWindow(GOAL_TRAINERS, GOAL).stream()
                .mapToObj(window -> ScaleRow.table(List.of(runs.row(GOAL_TRAINERS, window, load))))
                .findFirst()
                .map(lines ->
                        "each of 16 trainers keeps .9 of one's speed from this window on:\n" + String.join("\n", lines))
                .orElse("no window leaves each of 16 trainers .9 of one's speed"));
    }
}
