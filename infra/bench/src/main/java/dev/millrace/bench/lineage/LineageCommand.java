package dev.millrace.bench.lineage;

import dev.millrace.bench.command.BenchCommand;
import dev.millrace.bench.command.Results;
import dev.millrace.bench.command.ServerBucket;
import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.transfer.LocalFolder;
import dev.millrace.devstack.options.MinioOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./millrace bench lineage}: what does a long lineage cost? */
@Command(
        name = "lineage",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Requests and milliseconds of publishing, retention, audit and versions, at 100 versions and at each tenfold.",
            "Exit code 1 if a longer lineage costs more than a short one."
        })
public final class LineageCommand extends BenchCommand {
    private static final int SHORTEST = 100;
    private static final int WARM_UP = 300;
    private static final Duration AHEAD = Duration.ofHours(2);

    @Option(
            names = "--versions",
            paramLabel = "N",
            defaultValue = "100000",
            description = "how long it grows (default: ${DEFAULT-VALUE})")
    private long versions;

    @Option(names = "--server", description = "in an s3proxy of its own instead of memory; or with --minio in a MinIO")
    private boolean server;

    @Mixin
    private final MinioOption minio = new MinioOption();

    @Override
    public int measure() throws IOException {
        check("--versions", versions, SHORTEST, 10_000_000);
        Path folder = Files.createTempDirectory("millrace-bench-lineage-");
        try {
            run(InMemoryBucket::new, folder.resolve("warm-up"), List.of((long) WARM_UP));
            List<Long> lengths = LongStream.iterate(SHORTEST, length -> length <= versions, length -> length * 10)
                    .boxed()
                    .toList();
            return report(measured(folder, lengths));
        } finally {
            new LocalFolder(folder).delete();
        }
    }

    private List<Cost> measured(Path folder, List<Long> lengths) throws IOException {
        if (!server) {
            return run(InMemoryBucket::new, folder.resolve("files"), lengths);
        }
        try (ServerBucket real = ServerBucket.start(minio, output().resolve("lineage"), SCREEN)) {
            return run(clock -> real.bucket(), folder.resolve("files"), lengths);
        }
    }

    /** Its clock is ahead of a server's, by which all then are old at once: else each would be young for an hour. */
    private List<Cost> run(Function<Clock, Bucket> bucket, Path files, List<Long> lengths) throws IOException {
        WindowClock clock = new WindowClock(Instant.now().plus(AHEAD));
        CountedBucket counted = new CountedBucket(bucket.apply(clock));
        return new LineageRun(new SyntheticLineage(counted, clock, files), counted, SCREEN).measure(lengths);
    }

    private int report(List<Cost> costs) {
        List<Cost> rows = new ArrayList<>(costs);
        rows.sort((one, other) -> one.work().compareTo(other.work()));
        Results.write(json(), rows);
        SCREEN.line(Cost.head());
        rows.forEach(row -> SCREEN.line(row.line()));
        SCREEN.line("written: " + json());
        boolean flat = rows.stream().allMatch(row -> row.isFlatBeside(shortest(row, rows)));
        SCREEN.line((flat ? "PASSED     " : "NOT PASSED ") + "goal: none costs more than with a short lineage");
        return flat ? 0 : 1;
    }

    private static Cost shortest(Cost row, List<Cost> rows) {
        return rows.stream()
                .filter(other -> other.work().equals(row.work()))
                .findFirst()
                .orElseThrow();
    }
}
