package dev.millrace.embedding.optim.compact;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** The numbers of an array where Java may change them: its own memory, or of a GPU's a copy that is put back. */
final class NativeNumbers implements AutoCloseable {
    private final NDArray array;
    private final NDArray near;

    NativeNumbers(NDArray array) {
        this.array = array;
        near = array.getDevice().isGpu() ? array.toDevice(Device.cpu(), true) : array;
    }

    FloatBuffer floats() {
        return direct(near).asFloatBuffer();
    }

    /** So many bytes of native memory, which go with their owner. */
    static ByteBuffer allocate(PtNDManager owner, long bytes) {
        return direct(owner.zeros(new Shape(bytes), DataType.UINT8));
    }

    private static ByteBuffer direct(NDArray array) {
        return array.toByteBuffer(true).order(ByteOrder.nativeOrder());
    }

    /** Puts back what was changed. */
    @Override
    public void close() {
        if (near != array) {
            try (NDArray back = near.toDevice(array.getDevice(), true)) {
                back.copyTo(array);
            }
            near.close();
        }
    }
}
