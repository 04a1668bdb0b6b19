package dev.millrace.embedding.torch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TorchScript module without state of its own: every tensor it works on is passed in. Arrays named {@code x[]} arrive as one list
 * argument (DJL's convention), others one by one. For one thread at a time; libtorch lets many threads run one script.
 */
public final class TorchModule implements AutoCloseable {
    /** By all that they say. A script is code: read, compiled and planned once, and kept as classes are. */
    private static final Map<ByteBuffer, PtSymbolBlock> LOADED = new ConcurrentHashMap<>();

    private final PtSymbolBlock block;
    private final PtNDManager manager;
    private final Map<String, NDArray> methods = new HashMap<>();

    public TorchModule(PtNDManager manager, byte[] archive) {
        this.manager = manager;
        block = LOADED.computeIfAbsent(ByteBuffer.wrap(archive), text -> load(archive));
    }

    private static PtSymbolBlock load(byte[] archive) {
        try {
            return JniUtils.loadModule(manager("cpu", 0), new ByteArrayInputStream(archive), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A manager on the device ("cpu", "cuda:0"), with the engine started; threads 0 leaves libtorch's default. */
    public static PtNDManager manager(String device, int threads) {
        Engine engine = NativeLibraries.engine();
        if (threads > 0) {
            JniUtils.setNumThreads(threads);
        }
        return (PtNDManager) engine.newBaseManager(
                ai.djl.Device.fromName(device.startsWith("cuda") ? "gpu" + index(device) : device));
    }

    /** A child manager: what is attached to it is freed when it is closed. */
    public static PtNDManager scope(PtNDManager parent) {
        return (PtNDManager) parent.newSubManager();
    }

    private static String index(String device) {
        int colon = device.indexOf(':');
        return colon < 0 ? "" : device.substring(colon + 1);
    }

    /** Calls a method and returns its tensor, attached to {@code scope}; with a graph when {@code gradient}. */
    public PtNDArray call(String method, boolean gradient, PtNDManager scope, NDList arguments) {
        // The profiling executor re-specialises per shape, which costs more than it saves and breaks bf16 backward.
        JniUtils.setGraphExecutorOptimize(false);
        JniUtils.setGradMode(gradient);
        try {
            NDList all = new NDList(arguments.size() + 1);
            all.addAll(arguments);
            all.add(methods.computeIfAbsent(method, this::marker));
            NDArray result = IValueUtils.forward(block, all, gradient).singletonOrThrow();
            result.attach(scope);
            return (PtNDArray) result;
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    /** Calls a method without a graph. */
    public PtNDArray infer(String method, PtNDManager scope, IValue... arguments) {
        try (IValue result = run(method, arguments)) {
            return result.toTensor(scope);
        }
    }

    /** As {@link #infer} for a method that returns a list. */
    public NDList list(String method, PtNDManager scope, IValue... arguments) {
        try (IValue result = run(method, arguments)) {
            return result.toNDList(scope);
        }
    }

    private IValue run(String method, IValue... arguments) {
        JniUtils.setGraphExecutorOptimize(false);
        JniUtils.setGradMode(false);
        return IValueUtils.runMethod(block, method, arguments);
    }

    public static IValue list(NDList arrays) {
        return IValue.listFrom(arrays.toArray(new PtNDArray[0]));
    }

    private NDArray marker(String method) {
        NDArray marker = manager.zeros(new Shape(1));
        marker.setName("module_method:" + method);
        return marker;
    }

    public static NDList named(String name, List<Integer> chosen, NDList arrays) {
        return named(name, chosen.stream().map(arrays::get).toList());
    }

    public static NDList named(String name, Iterable<NDArray> arrays) {
        NDList list = new NDList();
        for (NDArray array : arrays) {
            array.setName(name);
            list.add(array);
        }
        return list;
    }

    @Override
    public void close() {
        methods.values().forEach(NDArray::close);
    }
}
