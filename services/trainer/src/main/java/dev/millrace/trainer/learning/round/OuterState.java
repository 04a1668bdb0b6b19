package dev.millrace.trainer.learning.round;

import dev.millrace.embedding.files.Safetensors;
import dev.millrace.trainer.learning.round.delta.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What outer steps keep from round to round, with the lineage: the velocity of every weight, one number each.
 *
 * @param velocity by tensor; empty before the first round, and for good without momentum
 */
public record OuterState(Map<String, Safetensors.Tensor> velocity) {
    /** Of a lineage in which nothing was merged. */
    public static final OuterState NONE = new OuterState(Map.of());

    private static final String FILE = "outer.safetensors";

    /** Of a tensor of so many numbers: 0 where none is known. */
    float[] velocity(String name, int count) {
        return Optional.ofNullable(velocity.get(name)).map(Numbers::of).orElseGet(() -> new float[count]);
    }

    /** Out of the {@code training-state/} of a version, in which it may be missing. */
    public static OuterState read(Path trainingState) {
        Path file = trainingState.resolve(FILE);
        return Files.isRegularFile(file) ? new OuterState(Safetensors.read(file)) : NONE;
    }

    /** Into the {@code training-state/} of a version; no file where there is nothing to be kept. */
    public void write(Path trainingState) {
        if (velocity.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(trainingState);
            Safetensors.write(trainingState.resolve(FILE), velocity);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
