package dev.millrace.bench.learning;

import dev.millrace.bench.command.BenchCommand;
import dev.millrace.bench.command.Results;
import dev.millrace.bench.learning.MethodRow.Trial;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.evaluate.data.DataReader;
import dev.millrace.evaluate.measure.Measurement;
import dev.millrace.evaluate.measure.Telling;
import dev.millrace.evaluate.model.TextEncoder;
import dev.millrace.events.record.Pair;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./millrace bench methods}: which way to learn finds most after the same stream? */
@Command(
        name = "methods",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Learns the same stream in many ways, each with the trainer's own learner from the same model, and asks each",
            "result the same questions. DATA is a folder as of ./millrace evaluate (corpus.jsonl, queries.jsonl, qrels)",
            "with the stream in pairs.jsonl beside them."
        })
public final class MethodsCommand extends BenchCommand {
    @Parameters(paramLabel = "DATA", description = "corpus.jsonl, queries.jsonl, qrels.tsv and pairs.jsonl")
    private Path data;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "pairs of the stream at most (default: all)")
    private int limit;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "1024",
            description = "pairs in a window (default: ${DEFAULT-VALUE}, the trainer's)")
    private int window;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1",
            description = "runs of each way (default: ${DEFAULT-VALUE})")
    private int seeds;

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "these rows alone")
    private Set<String> only = Set.of();

    @Option(
            names = "--variant",
            paramLabel = "NAME: KEY=VALUE; ..",
            description = "a way of your own, by keys of millrace.learning; may be repeated")
    private List<String> own = List.of();

    @Override
    public int measure() {
        check("--limit", limit, 2, 1_000_000);
        check("--window", window, 2, 1_000_000);
        check("--seeds", seeds, 1, 100);
        List<Variant> variants = variants();
        List<Pair> stream = StreamPairs.read(data.resolve("pairs.jsonl")).stream()
                .limit(limit)
                .toList();
        Measurement questions = new Measurement(
                DataReader.read(data, Optional.empty(), Optional.empty()), new Telling(SCREEN::line, System::nanoTime));
        SCREEN.line(variants.size() + " ways to learn " + stream.size() + " pairs, " + seeds + " times each; "
                + threads() + " threads");
        List<MethodRow> rows = new ArrayList<>(List.of(untrained(questions)));
        for (Variant variant : variants) {
            rows.add(MethodRow.of(variant, trials(variant, stream, questions)));
            SCREEN.line(variant.name() + ": hit@1 "
                    + rows.get(rows.size() - 1).figures().get("hit@1"));
            Results.write(json(), rows);
        }
        MethodRow.table(rows).forEach(SCREEN::line);
        SCREEN.line("written: " + json());
        return 0;
    }

    private List<Variant> variants() {
        try {
            return Variant.chosen(MethodVariants.all(), only, own);
        } catch (IllegalArgumentException e) {
            throw refusal(e.getMessage());
        }
    }

    private MethodRow untrained(Measurement questions) {
        try (TextEncoder base = LearnedEncoder.of("base", folder(), options())) {
            return MethodRow.of(Variant.of("base model"), List.of(new Trial(questions.of(base), 0, 0)));
        }
    }

    private List<Trial> trials(Variant variant, List<Pair> stream, Measurement questions) {
        List<Trial> trials = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            Path scratch = output().resolve("learning");
            try (LearningRun run =
                    new LearningRun(folder(), variant.with("seed", Integer.toString(seed)), options(), scratch)) {
                List<List<Pair>> windows = StreamPairs.windows(stream, window);
                for (int i = 0; i < windows.size(); i++) {
                    run.learn(windows.get(i));
                    SCREEN.line(variant.name() + ", seed " + seed + ": window " + (i + 1) + " of " + windows.size());
                }
                try (TextEncoder learned = LearnedEncoder.of(variant.name(), run.saved(), options())) {
                    trials.add(new Trial(
                            questions.of(learned),
                            (double) run.spent().tokens() / stream.size(),
                            run.spent().seconds()));
                }
            }
        }
        return trials;
    }

    private EncoderOptions options() {
        return EncoderOptions.cpu(threads());
    }
}
