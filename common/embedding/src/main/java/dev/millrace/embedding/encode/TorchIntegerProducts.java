package dev.millrace.embedding.encode;

import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import dev.millrace.embedding.network.Processor;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.torch.TorchScriptArchive;
import dev.millrace.kernels.EncoderKernels;
import dev.millrace.kernels.product.IntegerProducts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Products of whole numbers by libtorch ({@code integers.torchscript}), which has oneDNN do them with the processor's VNNI. Each lane's
 * caller is a thread among several already, so libtorch uses one for its product.
 */
final class TorchIntegerProducts implements IntegerProducts, AutoCloseable {
    private static final byte[] SCRIPT = TorchScriptArchive.ofResource("Integers", "integers.torchscript", Map.of());

    private final PtNDManager manager;
    private final List<Lane> lanes;
    private final int threads;
    private final Set<Thread> single = ConcurrentHashMap.newKeySet();

    /** {@code parent} keeps the weights' memory until this is closed. */
    TorchIntegerProducts(PtNDManager parent, int threads) {
        manager = TorchModule.scope(parent);
        this.threads = threads;
        lanes = IntStream.range(0, threads).mapToObj(lane -> new Lane()).toList();
    }

    @Override
    public Weights weights(byte[] weight, int columns, int depth) {
        PtNDArray numbers = owned(direct(weight), new Shape(columns, depth));
        // A part is asked for again with every batch, and to cut it costs a tenth of what it costs to multiply a query
        // by it.
        Map<Part, PtNDArray> parts = new ConcurrentHashMap<>();
        return (lane, rows, count, from, to) -> {
            PtNDArray part = parts.computeIfAbsent(new Part(from, to), asked -> asked.of(numbers));
            return lanes.get(lane).times(part, rows, count);
        };
    }

    /** Columns of the weights, which are rows of their matrix. */
    private record Part(int from, int to) {
        PtNDArray of(PtNDArray weights) {
            return (PtNDArray) weights.get(new NDIndex(from + ":" + to));
        }
    }

    /** A copy that libtorch frees with the manager; a buffer of the JVM's waits for its collector. */
    private PtNDArray owned(ByteBuffer numbers, Shape shape) {
        try (PtNDArray wrapped = manager.create(numbers, shape, DataType.INT8)) {
            return (PtNDArray) wrapped.duplicate();
        }
    }

    /** Why whole numbers cannot be multiplied here, in one line. */
    static Optional<String> impediment(String device) {
        if (!device.startsWith("cpu")) {
            return Optional.of("is for the device cpu, not " + device);
        }
        if (!EncoderKernels.available()) {
            return Optional.of("needs a JVM with its second compiler, started with --add-modules jdk.incubator.vector");
        }
        if (!Processor.here().multipliesBytes()) {
            return Optional.of("is slower than fp32 on this processor (no VNNI)");
        }
        return Exactness.HERE
                ? Optional.empty()
                : Optional.of("libtorch's products of 8-bit numbers are not exact on this processor (no VNNI)");
    }

    /** Does what multiplies with one thread for each of the callers, then gives the calling one libtorch's threads back. */
    <T> T during(Supplier<T> work) {
        JniUtils.setNumThreads(1);
        try {
            return work.get();
        } finally {
            JniUtils.setNumThreads(threads);
        }
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length)
                .order(ByteOrder.nativeOrder())
                .put(bytes)
                .flip();
    }

    @Override
    public void close() {
        lanes.forEach(Lane::close);
        manager.close();
    }

    /** Found out once a process: without VNNI oneDNN adds two products up in 16 bits, which the highest numbers overflow. */
    private static final class Exactness {
        private static final int DEPTH = 64;
        private static final boolean HERE = measure();

        private static boolean measure() {
            byte[] lowest = new byte[DEPTH];
            Arrays.fill(lowest, Byte.MIN_VALUE);
            byte[] highest = new byte[DEPTH];
            Arrays.fill(highest, Byte.MAX_VALUE);
            try (PtNDManager manager = TorchModule.manager("cpu", 0);
                    TorchIntegerProducts products = new TorchIntegerProducts(manager, 1)) {
                int low = products.weights(highest, 1, DEPTH)
                        .times(0, direct(lowest), 1, 0, 1)
                        .get(0);
                int high = products.weights(highest, 1, DEPTH)
                        .times(0, direct(highest), 1, 0, 1)
                        .get(0);
                return low == DEPTH * Byte.MIN_VALUE * Byte.MAX_VALUE
                        && high == DEPTH * Byte.MAX_VALUE * Byte.MAX_VALUE;
            }
        }
    }

    /** What one call at a time needs for itself. */
    private final class Lane implements AutoCloseable {
        private final TorchModule module = new TorchModule(manager, SCRIPT);
        private ByteBuffer products = ByteBuffer.allocateDirect(0);

        private IntBuffer times(PtNDArray weights, ByteBuffer rows, int count) {
            useOneThread();
            long columns = weights.getShape().get(0);
            long depth = weights.getShape().get(1);
            grow((int) (count * columns) * Integer.BYTES);
            try (PtNDManager scope = TorchModule.scope(manager);
                    IValue left = IValue.from(wrapped(scope, rows, new Shape(count, depth), DataType.INT8));
                    IValue right = IValue.from(weights);
                    IValue out = IValue.from(wrapped(scope, products, new Shape(count, columns), DataType.INT32))) {
                module.infer("times", scope, left, right, out);
            }
            return products.asIntBuffer();
        }

        /** libtorch's number of threads is the calling thread's own. */
        private void useOneThread() {
            if (single.add(Thread.currentThread())) {
                JniUtils.setNumThreads(1);
            }
        }

        private void grow(int bytes) {
            if (products.capacity() < bytes) {
                products = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
            }
        }

        private static PtNDArray wrapped(PtNDManager scope, ByteBuffer buffer, Shape shape, DataType type) {
            ByteBuffer used = buffer.slice(0, (int) shape.size() * type.getNumOfBytes());
            return scope.create(used.order(ByteOrder.nativeOrder()), shape, type);
        }

        @Override
        public void close() {
            module.close();
        }
    }
}
