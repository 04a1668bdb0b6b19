package dev.millrace.embedding.optim.compact;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.files.Safetensors.Stored;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is published in half of its bytes: matrices in bf16, and vectors, which are few and lie near 1, as they are. */
public final class BrainFloats {
    private static final int DROPPED = 16;

    private BrainFloats() {}

    /** Whether such an array is published so. */
    public static boolean has(NDArray array) {
        return array.getShape().dimension() > 1;
    }

    /** What was rounded to bf16, to be written; in the memory of {@code copies}. */
    public static Map<String, Stored> stored(PtNDManager copies, NDList rounded, List<String> names) {
        Map<String, Stored> stored = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            NDArray array = rounded.get(i);
            stored.put(
                    names.get(i), has(array) ? halves(copies, array) : Stored.of(ModelWeights.tensor(copies, array)));
        }
        return stored;
    }

    private static Stored halves(PtNDManager copies, NDArray array) {
        ByteBuffer halves = NativeNumbers.allocate(copies, Short.BYTES * array.size());
        ShortBuffer target = halves.asShortBuffer();
        try (NativeNumbers numbers = new NativeNumbers(array)) {
            FloatBuffer values = numbers.floats();
            for (int i = 0; i < values.capacity(); i++) {
                target.put(i, (short) (Float.floatToRawIntBits(values.get(i)) >>> DROPPED));
            }
        }
        return new Stored("BF16", array.getShape().getShape(), halves);
    }
}
