package dev.millrace.embedding.optim.compact;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.files.Safetensors.Stored;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A file of a training state: numbers by name as they are, or in codes.
 *
 * @param stored as the file has it
 */
public record SavedNumbers(Map<String, Stored> stored) {
    static final String BYTES = "U8";
    static final String EXPONENTS = ".exponents";
    static final String SCALES = ".scales";

    /** Of this file; nothing where there is none. */
    public static SavedNumbers read(Path file) {
        return new SavedNumbers(Files.isRegularFile(file) ? Safetensors.readStored(file) : Map.of());
    }

    /** Whether there is something of this name. */
    public boolean has(String name) {
        return stored.containsKey(name);
    }

    /**
     * Puts what is of this name in place of what the array holds. Where it says how far that is from something else, the array has
     * to hold this: of an average what is published, of a weight its average.
     */
    public void fill(String name, NDArray target) {
        Stored found = found(name);
        if (found.type().equals(BYTES)) {
            try (NativeNumbers numbers = new NativeNumbers(target)) {
                decode(name, found.values(), numbers);
            }
        } else {
            try (NDArray values = ModelWeights.array((PtNDManager) target.getManager(), found.weight(name))) {
                values.copyTo(target);
            }
        }
    }

    private void decode(String name, ByteBuffer codes, NativeNumbers target) {
        if (has(name + EXPONENTS)) {
            new DifferenceCode(codes, found(name + EXPONENTS).values()).decode(target.floats());
        } else if (has(name + SCALES)) {
            ByteBuffer scales = found(name + SCALES).values().duplicate().order(ByteOrder.LITTLE_ENDIAN);
            MomentCodes.of(name).orElseThrow().decode(new Nibbles(codes), scales.asFloatBuffer(), target.floats());
        } else {
            AverageCode.decode(target.floats(), new Nibbles(codes));
        }
    }

    private Stored found(String name) {
        return Optional.ofNullable(stored.get(name)).orElseThrow();
    }
}
