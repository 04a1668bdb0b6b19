package dev.millrace.bench.memory;

import dev.millrace.bench.command.Work;
import java.nio.file.Path;
import java.util.List;

/**
 * What a soak's process is told.
 *
 * @param pairs the file with real texts; empty: WordNet
 * @param work how much is done
 * @param json where its result goes
 */
record SoakSettings(Path model, int threads, List<Path> pairs, Work work, Path json) {

    SoakSettings {
        pairs = List.copyOf(pairs);
    }

    /**
     * How much is done.
     *
     * @param steps training steps
     * @param encodes texts encoded
     */
    record Work(int steps, int encodes) {}
}
