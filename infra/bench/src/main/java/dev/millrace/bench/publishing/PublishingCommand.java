package dev.millrace.bench.publishing;

import dev.millrace.bench.command.BenchCommand;
import dev.millrace.bench.command.Results;
import dev.millrace.bench.command.ServerBucket;
import dev.millrace.bench.speed.LearningSettings;
import dev.millrace.checkpoints.transfer.LocalFolder;
import dev.millrace.devstack.DevStack;
import dev.millrace.devstack.demo.DemoCommand;
import dev.millrace.devstack.demo.PairsOption;
import dev.millrace.devstack.demo.data.Dataset;
import dev.millrace.devstack.demo.data.Datasets;
import dev.millrace.devstack.options.Home;
import dev.millrace.devstack.options.MinioOption;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.options.StackOptions;
import dev.millrace.embedding.adapter.AdapterMethod;
import dev.millrace.embedding.adapter.AdapterSettings;
import dev.millrace.embedding.model.plan.Place;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.optim.Storage;
import dev.millrace.trainer.learning.settings.LearningConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./millrace bench publishing}: what does publishing every version cost the training? */
@Command(
        name = "publishing",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Windows learned by a real trainer while the version before each is published, beside windows learned with nothing under way.",
            "Exit code 1 if training keeps less than 95% of its speed."
        })
public final class PublishingCommand extends BenchCommand {
    private static final long SEED = 7;
    /** As the trainer's by default. */
    private static final AdapterSettings ADAPTER =
            new AdapterSettings(AdapterMethod.LORA, 8, 8, EnumSet.of(Place.QUERY, Place.VALUE), SEED);

    @Mixin
    private final PairsOption pairs = new PairsOption();

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "512",
            description = "pairs in a window (default: ${DEFAULT-VALUE}, the demo's)")
    private int window;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "of one window alone and two beside a publication (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Mixin
    private final MinioOption minio = new MinioOption();

    @Option(
            names = "--shape",
            paramLabel = "NAME",
            description = {
                "instead: what a version of such a model takes, in full, compactly, and as an adapter; ${COMPLETION-CANDIDATES}.",
                "Exit code 1 if compactly is more than 30% of the bytes."
            })
    private Optional<Shape> shape = Optional.empty();

    @Override
    public int measure() throws IOException {
        if (shape.isPresent()) {
            return versions(shape.get());
        }
        check("--window", window, 16, 100_000);
        check("--rounds", rounds, 1, 100);
        Dataset data = Datasets.read(pairs.file(), SEED, SCREEN);
        Files.createDirectories(output());
        try (DevStack stack = DevStack.start(options(), SCREEN)) {
            // Where versions are served is another machine's affair.
            stack.stop(Service.ENCODER.folder());
            stack.stop(Service.ATTRIBUTION.folder());
            return report(new PublishingRun(stack.endpoints(), data, window, SCREEN).measure(rounds));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private StackOptions options() {
        Path folder = Home.find().target().resolve("bench").resolve("stack");
        return minio.applyTo(StackOptions.in(folder))
                .withModel(folder())
                .withPartitions(1)
                .withSettings(Service.TRAINER, DemoCommand.TRAINER)
                .withSetting(Service.TRAINER, "millrace.trainer.window-pairs", Integer.toString(window))
                .withSetting(Service.TRAINER, "millrace.trainer.window-time", "PT24H")
                .withSetting(Service.TRAINER, "millrace.trainer.threads", Integer.toString(threads()));
    }

    private int report(PublishingPrice price) {
        Results.write(json(), price);
        price.table().forEach(SCREEN::line);
        SCREEN.line("written: " + json());
        boolean kept = price.keptSpeed() >= PublishingPrice.GOAL;
        SCREEN.line((kept ? "PASSED     " : "NOT PASSED ") + "goal: at least " + PublishingPrice.GOAL
                + " of the speed without publishing");
        return kept ? 0 : 1;
    }

    private int versions(Shape measured) throws IOException {
        Path folder = Files.createTempDirectory("millrace-bench-versions-");
        LearningConfig learning = new SmallRyeConfigBuilder()
                .withMapping(LearningConfig.class)
                .build()
                .getConfigMapping(LearningConfig.class);
        try (ServerBucket server = ServerBucket.start(minio, output().resolve("versions"), SCREEN)) {
            VersionRun run = new VersionRun(
                    measured.write(folder.resolve("model")),
                    folder,
                    EncoderOptions.cpu(threads()),
                    learning,
                    server.bucket());
            return report(
                    run.measure(Storage.FULL.key(), LearningSettings.TRAINING),
                    run.measure(Storage.COMPACT.key(), LearningSettings.TRAINING.with(Storage.COMPACT)),
                    run.measure(AdapterMethod.LORA.key(), LearningSettings.TRAINING.with(ADAPTER)));
        } finally {
            new LocalFolder(folder).delete();
        }
    }

    private int report(VersionCost full, VersionCost compact, VersionCost adapter) {
        Results.write(json(), List.of(full, compact, adapter));
        full.table(full).forEach(SCREEN::line);
        compact.table(full).forEach(SCREEN::line);
        adapter.table(full).forEach(SCREEN::line);
        SCREEN.line("written: " + json());
        boolean kept = compact.bytes() <= VersionCost.GOAL * full.bytes();
        SCREEN.line(
                (kept ? "PASSED     " : "NOT PASSED ") + "goal: at most " + VersionCost.GOAL + " of the bytes in full");
        return kept ? 0 : 1;
    }
}
