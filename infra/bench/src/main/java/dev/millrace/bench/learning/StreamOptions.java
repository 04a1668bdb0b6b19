package dev.millrace.bench.learning;

import picocli.CommandLine.Option;

/** What commands that learn a stream are told of it. */
public final class StreamOptions {
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

    public int limit() {
        return limit;
    }

    public int window() {
        return window;
    }
}
