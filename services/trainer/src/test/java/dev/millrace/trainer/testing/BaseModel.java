package dev.millrace.trainer.testing;

import dev.millrace.embedding.files.RandomBert;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A random BERT of 2 layers and 32 dimensions whose words are those of {@link Pairs}. */
public final class BaseModel {
    /** A word whose vector is no number, so that training on it diverges. */
    public static final String POISON = "poison";

    private static final int HIDDEN = 32;
    private static final RandomBert BERT = new RandomBert(2, HIDDEN, 16, 0.1, 5);
    /** Behind the special tokens. */
    private static final int POISON_ID = 4;

    private BaseModel() {}

    /** Writes the model into a new folder. */
    public static Path write(Path folder) {
        try {
            poison(BERT.write(folder, words()).resolve("model.safetensors"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words() {
        List<String> words = new ArrayList<>(List.of(POISON));
        for (int i = 0; i < 64; i++) {
            words.addAll(List.of("q" + i, "d" + i, "n" + i));
        }
        return words;
    }

    /** The table of words is the first of the file's tensors, which begin behind a header and its length. */
    private static void poison(Path weights) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(weights)).order(ByteOrder.LITTLE_ENDIAN);
        int table = Long.BYTES + (int) file.getLong(0);
        file.putFloat(table + Float.BYTES * HIDDEN * POISON_ID, Float.NaN);
        Files.write(weights, file.array());
    }
}
