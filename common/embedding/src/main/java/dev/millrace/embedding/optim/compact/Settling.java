package dev.millrace.embedding.optim.compact;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.files.Safetensors.Stored;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rounds what learns to what a version says of it, in place, and makes what it says. All that is asked for is done by
 * {@link #run()}, several tensors at a time; what was asked for belongs to whoever gave the manager.
 */
public final class Settling {
    private final PtNDManager copies;
    private final long steps;
    private final List<Runnable> work = new ArrayList<>();
    private final Map<String, Stored> low = new LinkedHashMap<>();
    private final Map<String, Stored> trained = new LinkedHashMap<>();
    private final Map<String, Stored> moments = new LinkedHashMap<>();
    private boolean far;

    /** After so many steps of a lineage; what is made lies in the memory of {@code copies}. */
    public Settling(PtNDManager copies, long steps) {
        this.copies = copies;
        this.steps = steps;
    }

    /** A matrix and its average; the index is another for each. */
    public void weight(int index, String name, NDArray weight, NDArray average) {
        int count = count(weight);
        Nibbles bits = new Nibbles(bytes(low, name, Nibbles.bytes(count)));
        DifferenceCode code = new DifferenceCode(
                bytes(trained, name, count), bytes(trained, name + SavedNumbers.EXPONENTS, Blocks.count(count)));
        Dice dice = Dice.of(steps, index);
        add(weight, () -> {
            try (NativeNumbers averages = new NativeNumbers(average);
                    NativeNumbers weights = new NativeNumbers(weight)) {
                AverageCode.encode(averages.floats(), bits, dice);
                code.encode(weights.floats(), averages.floats(), dice);
            }
        });
    }

    /** A weight that is kept as it is: of a vector, or an objective's own. */
    public void exact(String name, NDArray weight) {
        trained.put(name, Stored.of(ModelWeights.tensor(copies, weight)));
    }

    /** A part of what the optimizer keeps of the weight with this index, named {@code PART.WEIGHT}. */
    public void moment(int index, String name, NDArray moment, boolean ofMatrix) {
        Optional<MomentCode> code = MomentCodes.of(name).filter(any -> ofMatrix);
        if (code.isEmpty()) {
            moments.put(name, Stored.of(ModelWeights.tensor(copies, moment)));
            return;
        }
        int blocks = Blocks.count(count(moment));
        ByteBuffer scales = NativeNumbers.allocate(copies, (long) Float.BYTES * blocks);
        moments.put(name + SavedNumbers.SCALES, new Stored("F32", new long[] {blocks}, scales));
        FloatBuffer scale = scales.asFloatBuffer();
        Nibbles codes = new Nibbles(bytes(moments, name, Nibbles.bytes(count(moment))));
        add(moment, () -> {
            try (NativeNumbers numbers = new NativeNumbers(moment)) {
                code.get().encode(numbers.floats(), codes, scale, Dice.of(steps, index));
            }
        });
    }

    private void add(NDArray first, Runnable task) {
        far |= first.getDevice().isGpu();
        work.add(task);
    }

    private ByteBuffer bytes(Map<String, Stored> part, String name, int count) {
        ByteBuffer bytes = NativeNumbers.allocate(copies, count);
        part.put(name, new Stored(SavedNumbers.BYTES, new long[] {count}, bytes));
        return bytes;
    }

    private static int count(NDArray array) {
        return Math.toIntExact(array.size());
    }

    /** Does it. A GPU's arrays are taken one after the other, as each passes through main memory. */
    public void run() {
        Stream<Runnable> tasks = far ? work.stream() : work.parallelStream();
        tasks.forEach(Runnable::run);
        work.clear();
    }

    /** Of the averages, what their bf16 does not say. */
    public Map<String, Stored> low() {
        return low;
    }

    /** The weights. */
    public Map<String, Stored> trained() {
        return trained;
    }

    /** What the optimizer keeps. */
    public Map<String, Stored> moments() {
        return moments;
    }
}
