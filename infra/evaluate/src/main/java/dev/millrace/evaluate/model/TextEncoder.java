package dev.millrace.evaluate.model;

import java.util.List;

/** Something that turns texts into vectors, ready to be asked. */
public interface TextEncoder extends AutoCloseable {
    /** What it is called in tables, such as a folder or a version. */
    String name();

    /**
     * A vector for each text.
     *
     * @throws RefusedTextException when one of them has no vector, and perhaps the others have
     */
    float[][] encode(List<String> texts);

    @Override
    void close();
}
