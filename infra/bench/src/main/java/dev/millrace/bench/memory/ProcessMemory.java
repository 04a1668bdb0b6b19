package dev.millrace.bench.memory;

import dev.millrace.bench.command.AbsentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Memory of this process in MiB; resident and peak as in proc(5), so Linux only.
 *
 * @param resident VmRSS
 * @param peak VmHWM, the most it ever was since {@link #resetPeak()}
 * @param heap committed to Java's heap
 * @param nonHeap committed to Java's classes and compiled code
 */
record ProcessMemory(double resident, double peak, double heap, double nonHeap) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    private static final String RESET_PEAK = "5";
    private static final double KIB = 1024;

    /** Refuses a system that does not tell. */
    static void check() {
        if (!Files.isReadable(STATUS)) {
            throw new AbsentException("memory is read from " + STATUS + ", which this system has not");
        }
    }

    static ProcessMemory now() {
        MemoryMXBean java = ManagementFactory.getMemoryMXBean();
        return new ProcessMemory(
                status("VmRSS:"),
                status("VmHWM:"),
                java.getHeapMemoryUsage().getCommitted() / KIB / KIB,
                java.getNonHeapMemoryUsage().getCommitted() / KIB / KIB);
    }

    /** What is neither heap nor classes nor compiled code: libtorch's, the tokenizer's, the C library's. */
    double nativeMemory() {
        return resident - heap - nonHeap;
    }

    /** From here on the peak is counted anew. */
    static void resetPeak() {
        try {
            Files.writeString(CLEAR, RESET_PEAK);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + CLEAR, e);
        }
    }

    private static double status(String key) {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + STATUS, e);
        }
    }
}
