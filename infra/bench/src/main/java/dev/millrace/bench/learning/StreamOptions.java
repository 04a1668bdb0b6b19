package dev.millrace.bench.learning;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** What both commands that learn a stream in several ways are told. */
final class StreamOptions {
    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "pairs learned at most (default: all)")
    private int limit;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "1024",
            description = "pairs in a window (default: ${DEFAULT-VALUE}, the trainer's)")
    private int window;

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "these rows alone")
    private Set<String> only = Set.of();

    @Option(
            names = "--variant",
            paramLabel = "NAME: KEY=VALUE; ..",
            description = "a way of your own, by keys of millrace.learning; may be repeated")
    private List<String> own = List.of();

    int limit() {
        return limit;
    }

    int window() {
        return window;
    }

    /**
     * Those that were asked for.
     *
     * @throws IllegalArgumentException naming what there is
     */
    List<Variant> chosen(List<Variant> all) {
        return Variant.chosen(all, only, own);
    }
}
