package dev.millrace.evaluate.data;

import java.nio.file.Path;

/** Data that cannot be read, by file and line. */
public final class UnreadableDataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableDataException(Path file, long line, String reason) {
        super(file.getFileName() + ", line " + line + ": " + reason);
    }

    UnreadableDataException(Path file, String reason) {
        super(file.getFileName() + ": " + reason);
    }
}
