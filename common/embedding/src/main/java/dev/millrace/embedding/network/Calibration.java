package dev.millrace.embedding.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.millrace.embedding.model.Architecture;
import dev.millrace.embedding.torch.NativeLibraries;
import dev.millrace.embedding.torch.TorchModule;

/**
 * Which way this processor multiplies matrices fastest, found by trying, since no flag tells: bf16 takes half the time of
 * fp32 on one processor with AVX512-BF16 and twice the time on another, and MKL's fp32 products are as fast as oneDNN's
 * on Intel and half as fast on AMD. Measured once a process, in a third of a second; a choice must win clearly, so
 * that it is the same at every start on one kind of machine.
 *
 * @param bf16 whether bf16 products beat the faster route of fp32
 * @param convolution whether fp32 products go through oneDNN's convolution rather than the BLAS
 */
record Calibration(boolean bf16, boolean convolution) {
    private static final System.Logger LOG = System.getLogger(Calibration.class.getName());
    private static final int ROWS = 512;
    private static final int IN = 384;
    private static final int OUT = 1536;
    private static final int TRIES = 6;
    private static final double CLEARLY = 1.25;

    /** For the process's processor; measured when first asked. */
    static Calibration ofCpu() {
        return Measured.CPU;
    }

    private static final class Measured {
        private static final Calibration CPU = measure(Precision.processorHasBf16());
    }

    static Calibration measure(boolean bf16Possible) {
        try (PtNDManager manager = TorchModule.manager("cpu", 0);
                TorchModule module = new TorchModule(
                        manager,
                        Graph.archive(
                                Graph.attributes(Architecture.BERT, 1, 1, 1e-12, false), NativeLibraries.oneDnn()))) {
            double plain = Double.POSITIVE_INFINITY;
            double convolution = Double.POSITIVE_INFINITY;
            double bf16 = Double.POSITIVE_INFINITY;
            for (int i = 0; i < TRIES; i++) {
                plain = Math.min(plain, seconds(manager, module, Precision.FP32, Graph.ROUTE_LINEAR));
                convolution = Math.min(convolution, seconds(manager, module, Precision.FP32, Graph.ROUTE_CONVOLUTION));
                if (bf16Possible) {
                    bf16 = Math.min(bf16, seconds(manager, module, Precision.BF16, Graph.ROUTE_LINEAR));
                }
            }
            double fp32 = Math.min(plain, convolution);
            LOG.log(
                    System.Logger.Level.INFO,
                    "a product of %d x %d x %d there and back takes libtorch %.1f ms in fp32, %.1f in bf16"
                            .formatted(ROWS, IN, OUT, fp32 * 1e3, bf16 * 1e3));
            return new Calibration(bf16 * CLEARLY < fp32, convolution * CLEARLY < plain);
        }
    }

    /** One linear layer of MiniLM's feed-forward network there and back. */
    private static double seconds(PtNDManager manager, TorchModule module, Precision precision, long route) {
        try (PtNDManager scope = TorchModule.scope(manager)) {
            NDList operands = new NDList(
                    operand(scope, new Shape(ROWS, IN)),
                    operand(scope, new Shape(OUT, IN)),
                    operand(scope, new Shape(OUT)));
            NDList arguments = TorchModule.named("w[]", operands);
            arguments.add(scope.create(new long[] {Graph.type(precision), route}));
            PtNDArray gradient = (PtNDArray) scope.ones(new Shape(ROWS, OUT));
            long started = System.nanoTime();
            JniUtils.backward(module.call("product", true, scope, arguments), gradient, false, false);
            return (System.nanoTime() - started) / 1e9;
        }
    }

    private static NDArray operand(PtNDManager scope, Shape shape) {
        NDArray operand = scope.ones(shape);
        operand.setRequiresGradient(true);
        return operand;
    }
}
