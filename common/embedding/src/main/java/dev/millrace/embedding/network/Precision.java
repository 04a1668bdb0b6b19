package dev.millrace.embedding.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Number format of the matrix products; LayerNorm, softmax, pooling and master weights are always fp32. */
public enum Precision {
    /** IEEE single precision everywhere. */
    FP32,
    /**
     * bfloat16 products, about half the time on most processors and GPUs that have instructions for it; of encoding in the
     * JVM's vector instructions the weights alone.
     */
    BF16,
    /**
     * For encoding on a CPU alone: weights and rows of the products in whole numbers of 8 bits, each row and each column with a scale of its
     * own, added up exactly. About twice as fast; cosine to fp32 some .999 and to be above .995.
     */
    INT8;

    /**
     * The faster of the two on this device: bf16 on CUDA; on a CPU that has instructions for it, what a short trial finds
     * clearly faster (a third of a second, once a process).
     */
    public static Precision fastest(String device) {
        return device.startsWith("cuda") || Calibration.ofCpu().bf16() ? BF16 : FP32;
    }

    /** Whether the processor multiplies whole tiles of bf16 (AMX), several times as fast as fp32. */
    public static boolean processorHasTiles() {
        return processorHas("amx_bf16");
    }

    static boolean processorHasBf16() {
        return processorHas("avx512_bf16") || processorHas("amx_bf16");
    }

    private static boolean processorHas(String flag) {
        Path cpuinfo = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(cpuinfo)) {
            return false;
        }
        try (var lines = Files.lines(cpuinfo)) {
            return lines.filter(line -> line.startsWith("flags")).anyMatch(line -> line.contains(flag));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
