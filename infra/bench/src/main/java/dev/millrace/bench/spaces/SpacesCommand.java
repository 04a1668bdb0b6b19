package dev.millrace.bench.spaces;

import dev.millrace.bench.command.BenchCommand;
import dev.millrace.bench.command.Results;
import dev.millrace.bench.learning.LearnedEncoder;
import dev.millrace.bench.learning.LearningRun;
import dev.millrace.bench.learning.Phases;
import dev.millrace.bench.learning.StreamOptions;
import dev.millrace.bench.learning.StreamPairs;
import dev.millrace.bench.learning.Variant;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.space.SpaceMethods;
import dev.millrace.evaluate.model.TextEncoder;
import dev.millrace.events.record.Pair;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./millrace bench spaces}: what does a new version find in an index that an old one made? */
@Command(
        name = "spaces",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Learns a stream phase by phase, never rebuilding the index that the first version made, and searches it with the",
            "last version's vectors: as they are, by each adapter, and after a rebuild. DATA is as for continual. The index",
            "holds every positive; the questions are the held-out anchors."
        })
public final class SpacesCommand extends BenchCommand {
    @Parameters(paramLabel = "DATA", description = "pairs.jsonl, and phases.json if it has one")
    private Path data;

    @Option(
            names = "--phases",
            paramLabel = "N",
            defaultValue = "5",
            description = "of a stream that is cut by time (default: ${DEFAULT-VALUE})")
    private int phases;

    @Mixin
    private StreamOptions stream;

    @Option(
            names = "--anchors",
            paramLabel = "N",
            defaultValue = "2000",
            description = "texts of the index that adapters are fitted and measured on (default: ${DEFAULT-VALUE})")
    private int anchors;

    @Option(names = "--joint", description = "learn all phases at once, too, and rebuild the index: as good as it gets")
    private boolean joint;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "of all that is drawn (default: 1)")
    private long seed;

    @Override
    public int measure() {
        check("--phases", phases, 2, 100);
        check("--limit", stream.limit(), 100, 1_000_000);
        check("--window", stream.window(), 2, 1_000_000);
        check("--anchors", anchors, 100, 100_000);
        Phases cut = Phases.read(data, phases, stream.limit(), seed);
        IndexedTexts texts = IndexedTexts.of(cut);
        SCREEN.line(cut.stream().size() + " pairs in " + cut.learned().size() + " phases, an index of "
                + texts.documents().size() + " texts, " + texts.queries().size() + " questions; " + threads()
                + " threads");
        IndexSearch first = seen(folder(), texts);
        IndexSearch last = learned(cut.learned(), texts);
        SpaceRows rows = new SpaceRows(first, last);
        rows.compare(first.anchors(last, anchors, seed), SpaceMethods.ALL);
        if (joint) {
            rows.joint(learned(List.of(cut.shuffled(1, seed)), texts));
        }
        Results.write(json(), rows.list());
        rows.table().forEach(SCREEN::line);
        SCREEN.line("written: " + json());
        return 0;
    }

    private IndexSearch learned(List<List<Pair>> parts, IndexedTexts texts) {
        Variant way = Variant.of("trainer's defaults", "seed", Long.toString(seed));
        Path scratch = output().resolve("spaces-" + ProcessHandle.current().pid());
        try (LearningRun run = new LearningRun(folder(), way, options(), scratch)) {
            int learned = 0;
            for (List<Pair> part : parts) {
                for (List<Pair> window : StreamPairs.windows(part, stream.window())) {
                    run.learn(window);
                    learned += window.size();
                    SCREEN.line(learned + " pairs learned");
                }
            }
            return seen(run.saved(), texts);
        }
    }

    private IndexSearch seen(Path version, IndexedTexts texts) {
        try (TextEncoder encoder = LearnedEncoder.of("version", version, options())) {
            return IndexSearch.of(texts, encoder);
        }
    }

    private EncoderOptions options() {
        return EncoderOptions.cpu(threads());
    }
}
