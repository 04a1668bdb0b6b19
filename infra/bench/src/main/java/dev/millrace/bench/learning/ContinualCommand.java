package dev.millrace.bench.learning;

import dev.millrace.bench.command.BenchCommand;
import dev.millrace.bench.command.Results;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.evaluate.model.TextEncoder;
import dev.millrace.events.record.Pair;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./millrace bench continual}: what is kept of a stream whose topics come one after the other? */
@Command(
        name = "continual",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Learns a stream phase by phase in several ways, and asks after each phase about all of them. DATA is a folder",
            "with pairs.jsonl (anchor, positive, group?, ts?), and phases.json, which lists the groups of each phase;",
            "without it the pairs are cut by their ts. A tenth of the pairs is held out."
        })
public final class ContinualCommand extends BenchCommand {
    private static final String PASSES = "consolidation-passes";

    @Parameters(paramLabel = "DATA", description = "pairs.jsonl, and phases.json if it has one")
    private Path data;

    @Option(
            names = "--phases",
            paramLabel = "N",
            defaultValue = "4",
            description = "of a stream that is cut by time (default: ${DEFAULT-VALUE})")
    private int phases;

    @Mixin
    private StreamOptions stream;

    @Mixin
    private WayOptions ways;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "3",
            description = "of training offline (default: ${DEFAULT-VALUE})")
    private int epochs;

    @Option(
            names = "--unlabelled",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "of the pairs keeps its anchor alone (default: ${DEFAULT-VALUE})")
    private double unlabelled;

    @Option(
            names = "--withheld",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "of the pairs lose their group: their paraphrases become false negatives (default: 0)")
    private double withheld;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "of all that is drawn (default: 1)")
    private long seed;

    /** All at once; the others learn phase by phase. */
    private static final Variant OFFLINE = Variant.of("offline", "replay-share", "0");

    private static final List<Variant> WAYS = List.of(
            Variant.of("naive", "replay-share", "0"),
            Variant.of("replay (default)"),
            Variant.of("consolidated", PASSES, "3"),
            Variant.of("stratified", PASSES, "3", "replay", "stratified"),
            Variant.of("distilled", PASSES, "3", "objective", "info-nce + distill-rows", "teacher", "before"),
            Variant.of("anchored", PASSES, "3", "anchor", "ewc"),
            Variant.of("guarded", PASSES, "3", "teacher", "before", "guide-margin", "0"),
            Variant.of("unguarded", PASSES, "3", "mining-skip", "0", "mining-ceiling", "1"),
            OFFLINE);

    @Override
    public int measure() {
        check("--phases", phases, 2, 100);
        check("--limit", stream.limit(), 100, 1_000_000);
        check("--window", stream.window(), 2, 1_000_000);
        check("--epochs", epochs, 1, 100);
        checkShare("--unlabelled", unlabelled);
        checkShare("--withheld", withheld);
        List<Variant> ways = ways();
        Phases cut = Phases.read(data, phases, stream.limit(), seed);
        PhaseQuestions questions = new PhaseQuestions(cut.heldOut());
        SCREEN.line(cut.stream().size() + " pairs in " + cut.learned().size() + " phases, " + questions.size()
                + " questions; " + threads() + " threads");
        List<ContinualRow> rows = new ArrayList<>();
        for (Variant way : ways) {
            List<List<Pair>> parts = way.equals(OFFLINE) ? List.of(cut.shuffled(epochs, seed)) : cut.learned();
            add(rows, learned(way.with("seed", Long.toString(seed)), parts, questions));
        }
        ContinualRow.table(rows).forEach(SCREEN::line);
        SCREEN.line("written: " + json());
        return 0;
    }

    private void checkShare(String option, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw refusal(option + " must lie in 0..1, not " + share);
        }
    }

    private List<Variant> ways() {
        try {
            return ways.chosen(WAYS);
        } catch (IllegalArgumentException e) {
            throw refusal(e.getMessage());
        }
    }

    private void add(List<ContinualRow> rows, ContinualRow row) {
        rows.add(row);
        Results.write(json(), rows);
        SCREEN.line(row.way() + ": hit@1 " + row.finalHit() + ", forgetting " + row.forgetting());
    }

    private ContinualRow learned(Variant variant, List<List<Pair>> parts, PhaseQuestions questions) {
        List<double[]> hits = new ArrayList<>(List.of(hits(folder(), questions)));
        try (LearningRun run = new LearningRun(
                folder(),
                variant,
                options(),
                output().resolve("learning-" + ProcessHandle.current().pid()))) {
            for (List<Pair> part : parts) {
                for (List<Pair> each : StreamPairs.windows(harmed(part), stream.window())) {
                    run.learn(each);
                    run.consolidate();
                    SCREEN.line(variant.name() + ": " + run.spent().examples() + " pairs learned, "
                            + Math.round(run.spent().seconds()) + " s");
                }
                hits.add(hits(run.saved(), questions));
            }
            return ContinualRow.of(variant, hits, run.spent());
        }
    }

    private List<Pair> harmed(List<Pair> pairs) {
        return StreamPairs.withheld(StreamPairs.unlabelled(pairs, unlabelled, seed), withheld, seed + 1);
    }

    private double[] hits(Path version, PhaseQuestions questions) {
        try (TextEncoder encoder = LearnedEncoder.of("version", version, options())) {
            return questions.hitAt1(encoder);
        }
    }

    private EncoderOptions options() {
        return EncoderOptions.cpu(threads());
    }
}
