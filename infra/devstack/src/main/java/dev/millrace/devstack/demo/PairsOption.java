package dev.millrace.devstack.demo;

import dev.millrace.devstack.demo.data.Datasets;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option {@code --pairs} of every command that learns real pairs; what it names is for {@link Datasets#read}. */
public final class PairsOption {
    @Option(
            names = "--pairs",
            paramLabel = "FILE",
            description =
                    "your own pairs, a JSON object a line: anchor, positive, negatives?, group? (default: WordNet)")
    private Optional<Path> file = Optional.empty();

    /** The user's own pairs; empty: WordNet's. */
    public Optional<Path> file() {
        return file;
    }
}
