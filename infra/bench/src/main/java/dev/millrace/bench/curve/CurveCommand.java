package dev.millrace.bench.curve;

import dev.millrace.bench.command.AbsentException;
import dev.millrace.bench.command.BenchCommand;
import dev.millrace.bench.command.Results;
import dev.millrace.bench.speed.LearningSettings;
import dev.millrace.devstack.demo.PairsOption;
import dev.millrace.devstack.demo.data.Dataset;
import dev.millrace.devstack.demo.data.Datasets;
import dev.millrace.devstack.demo.measure.Questions;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./millrace bench curve}: does our training learn what PyTorch's does? */
@Command(
        name = "curve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Learns the same pairs in the same order here and with PyTorch in fp32, and compares losses and held-out hit@1.",
            "Exit code 0: ours is within PyTorch's own noise. 1: it is not. 3: not judged, there is no PyTorch."
        })
public final class CurveCommand extends BenchCommand {
    private static final int OUTSIDE = 1;
    private static final int NOT_JUDGED = 3;
    private static final long SEED = 7;
    private static final int QUERIES = 2000;

    @Mixin
    private final PairsOption pairs = new PairsOption();

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "500",
            description = "optimizer steps of each contender (default: ${DEFAULT-VALUE})")
    private int steps;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "32",
            description = "pairs a step (default: ${DEFAULT-VALUE})")
    private int batch;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "3",
            description = "runs of PyTorch, each with a dropout of its own (default: ${DEFAULT-VALUE})")
    private int seeds;

    @Option(
            names = "--python",
            paramLabel = "PATH",
            description = "a Python with sentence-transformers; without it nothing is compared")
    private Optional<Path> python = Optional.empty();

    @Override
    public int measure() throws IOException {
        check("--steps", steps, LearningSettings.LEAST_STEPS, LearningSettings.MOST_STEPS);
        check("--batch", batch, LearningSettings.LEAST_BATCH, LearningSettings.MOST_BATCH);
        check("--seeds", seeds, 2, 20);
        LearningSettings settings = new LearningSettings(steps, batch);
        Dataset data = Datasets.read(pairs.file(), SEED, SCREEN);
        Examination examination = new Examination(Questions.of(data.heldOut(), QUERIES));
        DataOrder order = DataOrder.of(data, settings, SEED);
        Files.createDirectories(output());
        SCREEN.line(data.name() + ": " + data.size() + " pairs to learn, "
                + examination.questions().queries().size() + " held-out queries over "
                + examination.questions().candidates().size() + " candidates; " + threads() + " threads");
        List<Curve> ours = ours(order, examination);
        List<Curve> torch = torch(order, examination);
        return report(CurveReport.of(data.name(), examination, settings, ours, torch));
    }

    private List<Curve> ours(DataOrder order, Examination examination) {
        EncoderOptions options = EncoderOptions.cpu(threads());
        List<Curve> curves = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            curves.add(new MillraceCurve(folder(), options.with(precision), SCREEN).learn(order, examination));
        }
        return curves;
    }

    private List<Curve> torch(DataOrder order, Examination examination) {
        List<Curve> curves = new ArrayList<>();
        if (python.isEmpty()) {
            SCREEN.line("! torch is absent: no --python PATH");
            return curves;
        }
        TorchCurve contender = new TorchCurve(python.get(), folder(), threads(), output(), SCREEN);
        try {
            for (int seed = 1; seed <= seeds; seed++) {
                curves.add(contender.learn(order, examination, seed));
            }
            return curves;
        } catch (AbsentException e) {
            SCREEN.line("! torch is absent: " + e.getMessage());
            return List.of();
        }
    }

    private int report(CurveReport report) {
        Results.write(json(), report);
        report.table().forEach(SCREEN::line);
        SCREEN.line("written: " + json());
        if (report.torch().isEmpty()) {
            SCREEN.line("NOT JUDGED: there is no PyTorch to compare with");
            return NOT_JUDGED;
        }
        return report.verdicts().stream().allMatch(CurveVerdict::passed) ? 0 : OUTSIDE;
    }
}
