package dev.millrace.evaluate.model;

import dev.millrace.embedding.model.InputType;
import java.util.List;

/** Something that turns texts into vectors, ready to be asked. */
public interface TextEncoder extends AutoCloseable {
    /** What it is called in tables, such as a folder or a version. */
    String name();

    /**
     * A vector for each text.
     *
     * @param type what all of the texts are, which chooses what a model with prompts reads before them
     * @throws RefusedTextException when one of them has no vector, and perhaps the others have
     */
    float[][] encode(InputType type, List<String> texts);

    @Override
    void close();
}
