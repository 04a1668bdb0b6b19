package dev.millrace.embedding.train.version;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.objective.batch.KeyQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The momentum encoder's queue in a training state: vectors, and beside them identities; without any where it is empty. */
public record QueueFile(Path trainingState) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VECTORS = "queue.safetensors";
    private static final String IDENTITIES = "queue.json";
    private static final String KEYS = "keys";

    /** Of vectors with so many numbers; those of others are of no use. */
    public KeyQueue read(int dimensions) {
        if (!Files.isRegularFile(trainingState.resolve(IDENTITIES))) {
            return KeyQueue.EMPTY;
        }
        try {
            long[][] identities =
                    JSON.readValue(trainingState.resolve(IDENTITIES).toFile(), long[][].class);
            Safetensors.Tensor vectors =
                    Safetensors.read(trainingState.resolve(VECTORS)).get(KEYS);
            return vectors.shape()[1] == dimensions ? queue(vectors, identities) : KeyQueue.EMPTY;
        } catch (IOException e) {
            throw new UnsupportedModelException("training-state/" + IDENTITIES + " cannot be read", e);
        }
    }

    private static KeyQueue queue(Safetensors.Tensor vectors, long[][] identities) {
        FloatBuffer values =
                vectors.values().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        List<KeyQueue.Key> keys = new ArrayList<>();
        for (long[] known : identities) {
            float[] vector = new float[(int) vectors.shape()[1]];
            values.get(vector);
            keys.add(new KeyQueue.Key(vector, known));
        }
        return new KeyQueue(keys);
    }

    void write(KeyQueue queue) {
        if (queue.keys().isEmpty()) {
            return;
        }
        float[][] vectors = queue.vectors();
        ByteBuffer values = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES * vectors.length, vectors[0].length))
                .order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer floats = values.asFloatBuffer();
        for (float[] vector : vectors) {
            floats.put(vector);
        }
        try {
            Safetensors.write(
                    trainingState.resolve(VECTORS),
                    Map.of(KEYS, new Safetensors.Tensor(new long[] {vectors.length, vectors[0].length}, values)));
            JSON.writeValue(
                    trainingState.resolve(IDENTITIES).toFile(),
                    queue.keys().stream().map(KeyQueue.Key::identities).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
