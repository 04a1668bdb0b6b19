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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private StreamOptions stream;

    @Mixin
    private WayOptions ways;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1",
            description = "runs of each way (default: ${DEFAULT-VALUE})")
    private int seeds;

    @Override
    public int measure() {
        check("--limit", stream.limit(), 2, 1_000_000);
        check("--window", stream.window(), 2, 1_000_000);
        check("--seeds", seeds, 1, 100);
        List<Variant> variants = variants();
        List<Pair> pairs = StreamPairs.read(data.resolve("pairs.jsonl")).stream()
                .limit(stream.limit())
                .toList();
        Measurement questions = new Measurement(
                DataReader.read(data, Optional.empty(), Optional.empty()), new Telling(SCREEN::line, System::nanoTime));
        SCREEN.line(variants.size() + " ways to learn " + pairs.size() + " pairs, " + seeds + " times each; "
                + threads() + " threads");
        List<MethodRow> rows = new ArrayList<>(List.of(untrained(questions)));
        for (Variant variant : variants) {
            rows.add(MethodRow.of(variant, trials(variant, pairs, questions)));
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
            return ways.chosen(MethodVariants.all());
        } catch (IllegalArgumentException e) {
            throw refusal(e.getMessage());
        }
    }

    private MethodRow untrained(Measurement questions) {
        try (TextEncoder base = LearnedEncoder.of("base", folder(), options())) {
            return MethodRow.of(Variant.of("base model"), List.of(new Trial(questions.of(base), 0, 0)));
        }
    }

    private List<Trial> trials(Variant variant, List<Pair> pairs, Measurement questions) {
        List<Trial> trials = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            Path scratch =
                    output().resolve("learning-" + ProcessHandle.current().pid());
            try (LearningRun run =
                    new LearningRun(folder(), variant.with("seed", Integer.toString(seed)), options(), scratch)) {
                List<List<Pair>> windows = StreamPairs.windows(pairs, stream.window());
                for (int i = 0; i < windows.size(); i++) {
                    run.learn(windows.get(i));
                    SCREEN.line(variant.name() + ", seed " + seed + ": window " + (i + 1) + " of " + windows.size());
                }
                try (TextEncoder learned = LearnedEncoder.of(variant.name(), run.saved(), options())) {
                    trials.add(new Trial(
                            questions.of(learned),
                            (double) run.spent().tokens() / pairs.size(),
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
