package dev.millrace.bench.speed;

import dev.millrace.bench.command.Work;
import java.util.List;
import java.util.function.Consumer;

/** The figure of an encoding work for whoever encodes in, or is called from, this process. */
final class Timing {
    private Timing() {}

    static double encoding(Work work, Consumer<List<String>> encode) {
        if (work.kind() == Work.Kind.ENCODE) {
            return work.texts().size() / seconds(work.texts(), encode);
        }
        double[] milliseconds = work.texts().stream()
                .mapToDouble(text -> seconds(List.of(text), encode) * 1e3)
                .sorted()
                .toArray();
        return milliseconds[milliseconds.length / 2];
    }

    private static double seconds(List<String> texts, Consumer<List<String>> encode) {
        long start = System.nanoTime();
        encode.accept(texts);
        return (System.nanoTime() - start) / 1e9;
    }
}
