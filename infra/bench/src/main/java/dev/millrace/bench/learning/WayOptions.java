package dev.millrace.bench.learning;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** In which of several ways a stream is learned. */
final class WayOptions {
    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "these rows alone")
    private Set<String> only = Set.of();

    @Option(
            names = "--variant",
            paramLabel = "NAME: KEY=VALUE; ..",
            description = "a way of your own, by keys of millrace.learning; may be repeated")
    private List<String> own = List.of();

    /**
     * Those that were asked for.
     *
     * @throws IllegalArgumentException naming what there is
     */
    List<Variant> chosen(List<Variant> all) {
        return Variant.chosen(all, only, own);
    }
}
