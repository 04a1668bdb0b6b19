package dev.millrace.kernels;

import java.time.Duration;
import java.util.Arrays;

/** How fast this JVM multiplies on this processor: a JVM that compiles with its first compiler only is a hundred times slower. */
public final class KernelTrial {
    private static final int DEPTH = 192;
    private static final int ROWS = 64;
    private static final int COLUMNS = 384;

    private KernelTrial() {}

    /** Multiplications and additions a second of one thread, the best while this time passes; the compiler takes half a second. */
    public static double operationsPerSecond(Duration trial) {
        float[] weight = new float[COLUMNS * DEPTH];
        Arrays.fill(weight, 0.5f);
        Panels panels = Panels.of(weight, new float[COLUMNS], new WeightFormat.Fp32());
        RowGroups rows = new RowGroups(ROWS);
        float[] packed = new float[ROWS * DEPTH];
        Arrays.fill(packed, 0.5f);
        float[] out = new float[ROWS * panels.width()];
        long begin = System.nanoTime();
        long best = Long.MAX_VALUE;
        while (System.nanoTime() - begin < trial.toNanos()) {
            long started = System.nanoTime();
            panels.multiply(0, packed, rows, out);
            best = Math.min(best, System.nanoTime() - started);
        }
        return 2.0 * ROWS * DEPTH * Shapes.PANEL / best * 1e9;
    }
}
