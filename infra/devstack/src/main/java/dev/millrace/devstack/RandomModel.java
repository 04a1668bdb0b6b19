package dev.millrace.devstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.devstack.options.Home;
import dev.millrace.devstack.process.Folders;
import dev.millrace.embedding.files.RandomBert;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * A random BERT of one layer, or a few, and 32 dimensions with MiniLM's most frequent words: a version of it is 2 MB and learned
 * in no time.
 */
public final class RandomModel {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The first of the vocabulary: the special tokens, every single character, and the most frequent words. */
    private static final int WORDS = 4096;

    private RandomModel() {}

    /** Its folder among the build's models; always the same bytes. */
    public static Path folder() {
        return folder(1);
    }

    /** As {@link #folder()}, with more layers. */
    public static Path folder(int layers) {
        Path models = Home.find().target().resolve("models");
        return place(models.resolve("random-" + layers), BaseModel.miniLm(models), layers);
    }

    /** File by file in one move each: several processes make the same model at the same time, and read it. */
    private static Path place(Path folder, Path wordsOf, int layers) {
        try {
            Path work = Files.createTempDirectory(Folders.create(folder).getParent(), "random");
            try (Stream<Path> files = Files.walk(write(work, wordsOf, layers))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path to = folder.resolve(work.relativize(file));
                    Folders.create(to.getParent());
                    Files.move(file, to, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            Folders.delete(work);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the random model into " + folder, e);
        }
    }

    private static Path write(Path folder, Path wordsOf, int layers) {
        try {
            JsonNode tokenizer = JSON.readTree(wordsOf.resolve("tokenizer.json").toFile());
            ((ObjectNode) tokenizer.at("/model/vocab"))
                    .properties()
                    .removeIf(word -> word.getValue().asInt() >= WORDS);
            JSON.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer);
            return new RandomBert(layers, 32, 64, 0.1, 5).write(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the random model into " + folder, e);
        }
    }
}
