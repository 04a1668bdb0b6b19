package dev.millrace.bench.memory;

import dev.millrace.devstack.process.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Memory over one phase of a soak: sampled two hundred times, told twenty times. */
final class SoakTrace {
    private static final int SAMPLES = 200;
    private static final int TOLD = 20;
    private static final int TENTHS = 10;
    /** Batches of every shape must have come by before what the C library keeps of them stays the same. */
    private static final int WARM_UP = 3;

    private static final double SHARE = 0.03;
    private static final double SLACK_MIB = 32;

    private final String phase;
    private final long total;
    private final Supplier<ProcessMemory> memory;
    private final Screen screen;
    private final List<ProcessMemory> samples = new ArrayList<>();
    private long done;

    /**
     * What a phase showed, in MiB; the names are those of the JSON.
     *
     * @param first median native memory of the fourth tenth: three warm up
     * @param last of the last tenth
     * @param heapGrowth of Java's heap, not counted in growth
     * @param nonHeapGrowth of Java's classes and compiled code, not counted either
     * @param bound most that growth may be: {@value #SHARE} of first and {@value #SLACK_MIB} MiB
     */
    record Result(
            String phase,
            long done,
            double first,
            double last,
            double growth,
            double heapGrowth,
            double nonHeapGrowth,
            double bound,
            List<ProcessMemory> samples) {
        boolean passed() {
            return growth <= bound;
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%s %-9s native memory %.1f -> %.1f MiB: %+.1f MiB, %+.2f %% (bound %.1f MiB); heap %+.1f, "
                            + "classes and compiled code %+.1f MiB",
                    passed() ? "PASSED    " : "NOT PASSED",
                    phase,
                    first,
                    last,
                    growth,
                    100 * growth / first,
                    bound,
                    heapGrowth,
                    nonHeapGrowth);
        }
    }

    /** @param total units of work to come, at least {@value #SAMPLES} */
    SoakTrace(String phase, long total, Supplier<ProcessMemory> memory, Screen screen) {
        this.phase = phase;
        this.total = total;
        this.memory = memory;
        this.screen = screen;
    }

    boolean open() {
        return done < total;
    }

    void done(long units) {
        done = Math.min(total, done + units);
        while (samples.size() < done * SAMPLES / total) {
            samples.add(memory.get());
            if (samples.size() % (SAMPLES / TOLD) == 0) {
                tell(samples.get(samples.size() - 1));
            }
        }
    }

    private void tell(ProcessMemory now) {
        screen.line(String.format(
                Locale.ROOT,
                "%s %3d %%: %d of %d, resident %.1f MiB = heap %.1f + classes and compiled code %.1f + native %.1f",
                phase,
                100 * samples.size() / SAMPLES,
                done,
                total,
                now.resident(),
                now.heap(),
                now.nonHeap(),
                now.nativeMemory()));
    }

    Result result() {
        double first = median(WARM_UP, ProcessMemory::nativeMemory);
        double last = median(TENTHS - 1, ProcessMemory::nativeMemory);
        return new Result(
                phase,
                done,
                first,
                last,
                last - first,
                median(TENTHS - 1, ProcessMemory::heap) - median(WARM_UP, ProcessMemory::heap),
                median(TENTHS - 1, ProcessMemory::nonHeap) - median(WARM_UP, ProcessMemory::nonHeap),
                SHARE * first + SLACK_MIB,
                samples);
    }

    private double median(int tenth, ToDoubleFunction<ProcessMemory> figure) {
        double[] sorted = samples.subList(tenth * SAMPLES / TENTHS, (tenth + 1) * SAMPLES / TENTHS).stream()
                .mapToDouble(figure)
                .sorted()
                .toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
