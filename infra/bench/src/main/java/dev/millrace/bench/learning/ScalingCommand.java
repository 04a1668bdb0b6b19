package dev.millrace.bench.learning;

import dev.millrace.bench.command.BenchCommand;
import dev.millrace.bench.command.Results;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.evaluate.model.TextEncoder;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.round.delta.DeltaCodecs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./millrace bench scaling}: do several trainers learn from the same pairs what one learns? */
@Command(
        name = "scaling",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Learns the same stream by one trainer and by several, which share every window and merge what they came to, and asks",
            "about what was held out. DATA is a folder with pairs.jsonl, and phases.json if it has one, as of continual."
        })
public final class ScalingCommand extends BenchCommand {
    private static final int MOST_TRAINERS = 64;

    @Parameters(paramLabel = "DATA", description = "pairs.jsonl, and phases.json if it has one")
    private Path data;

    @Mixin
    private StreamOptions stream;

    @Option(
            names = "--phases",
            paramLabel = "N",
            defaultValue = "4",
            description = "of a stream that is cut by time (default: ${DEFAULT-VALUE})")
    private int phases;

    @Option(
            names = "--streams",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "SHUFFLED,PHASES",
            description = "in which order the pairs come: ${COMPLETION-CANDIDATES} (default: both)")
    private List<PairOrder> orders;

    @Option(
            names = "--trainers",
            paramLabel = "N",
            split = ",",
            defaultValue = "2,4,8",
            description = "how many, beside one (default: ${DEFAULT-VALUE})")
    private List<Integer> trainers;

    @Option(
            names = "--codecs",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "fp32",
            description = "fp32, bf16, int8, top-k (default: ${DEFAULT-VALUE})")
    private List<String> codecs;

    @Option(
            names = "--outer",
            paramLabel = "RATE/MOMENTUM/SCALING",
            split = ",",
            defaultValue = "1/0/0.5",
            description = "steps that are taken with the mean of the deltas (default: ${DEFAULT-VALUE})")
    private List<String> steps;

    @Option(
            names = "--ahead",
            description = "each way also with trainers that learn their next window while the round is merged")
    private boolean ahead;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "of millrace.learning; may be repeated")
    private Map<String, String> settings = new TreeMap<>();

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "of all that is drawn (default: 1)")
    private long seed;

    @Override
    public int measure() {
        check("--phases", phases, 2, 100);
        check("--limit", stream.limit(), 100, 1_000_000);
        check("--window", stream.window(), 2, 1_000_000);
        trainers.forEach(count -> check("--trainers", count, 1, MOST_TRAINERS));
        List<Together> ways = ways();
        Phases cut = Phases.read(data, phases, stream.limit(), seed);
        PhaseQuestions questions = new PhaseQuestions(cut.heldOut());
        SCREEN.line(cut.stream().size() + " pairs, " + questions.size() + " questions; " + threads() + " threads");
        List<ScalingRow> rows = new ArrayList<>();
        for (PairOrder order : orders) {
            List<List<Pair>> windows = order.windows(cut, seed, stream.window());
            ScalingRow alone = learned(order, Together.ALONE, windows, questions);
            add(rows, alone);
            ways.forEach(
                    way -> add(rows, learned(order, way, windows, questions).beside(alone)));
        }
        ScalingRow.table(rows).forEach(SCREEN::line);
        SCREEN.line("written: " + json());
        return 0;
    }

    private void add(List<ScalingRow> rows, ScalingRow row) {
        rows.add(row);
        Results.write(json(), rows);
        ScalingRow.table(List.of(row)).forEach(SCREEN::line);
    }

    private ScalingRow learned(PairOrder order, Together way, List<List<Pair>> windows, PhaseQuestions questions) {
        Variant variant = new Variant("trainers", new TreeMap<>(settings)).with("seed", Long.toString(seed));
        Path scratch = output().resolve("scaling");
        try (TrainersTogether run = new TrainersTogether(folder(), variant, way, options(), scratch)) {
            windows.forEach(run::learn);
            try (TextEncoder encoder = LearnedEncoder.of("version", run.saved(), options())) {
                return ScalingRow.of(order, way, run, questions.hitAt1(encoder));
            }
        }
    }

    private EncoderOptions options() {
        return EncoderOptions.cpu(threads());
    }

    private List<Together> ways() {
        try {
            List<Together> ways = new ArrayList<>();
            for (int count : trainers) {
                for (String codec : codecs) {
                    for (String step : steps) {
                        Together way = new Together(count, DeltaCodecs.named(codec), Together.step(step), false);
                        ways.add(way);
                        if (ahead) {
                            ways.add(new Together(count, way.codec(), way.step(), true));
                        }
                    }
                }
            }
            return ways;
        } catch (IllegalArgumentException e) {
            throw refusal(e.getMessage());
        }
    }
}
