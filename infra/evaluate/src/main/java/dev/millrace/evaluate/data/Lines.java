package dev.millrace.evaluate.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file's lines that are not blank. A byte order mark at the beginning and line ends of Windows are no fault. */
final class Lines implements AutoCloseable {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final InputStream in;
    private long number;

    Lines(Path file) {
        this.file = file;
        try {
            in = new BufferedInputStream(Files.newInputStream(file));
        } catch (IOException e) {
            throw new UnreadableDataException(file, "cannot be read: " + e);
        }
    }

    /** One line, without its end. */
    record Line(Path file, long number, String text) {
        UnreadableDataException refused(String reason) {
            return new UnreadableDataException(file, number, reason);
        }
    }

    /** Reads a whole file. */
    static java.util.List<Line> of(Path file) {
        java.util.List<Line> all = new java.util.ArrayList<>();
        try (Lines lines = new Lines(file)) {
            for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                all.add(line.get());
            }
        }
        return all;
    }

    /** Only the first that is not blank. */
    static Optional<Line> first(Path file) {
        try (Lines lines = new Lines(file)) {
            return lines.next();
        }
    }

    Optional<Line> next() {
        for (Optional<byte[]> bytes = bytes(); bytes.isPresent(); bytes = bytes()) {
            number++;
            String text = text(bytes.get());
            if (!text.isBlank()) {
                return Optional.of(new Line(file, number, text));
            }
        }
        return Optional.empty();
    }

    // Read as bytes: a reader would join lines of other ends, and could not say in which line the bytes are at fault.
    private Optional<byte[]> bytes() {
        try {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            while (next >= 0 && next != '\n') {
                line.write(next);
                next = in.read();
            }
            return Optional.of(line.toByteArray());
        } catch (IOException e) {
            throw new UnreadableDataException(file, number + 1, "cannot be read: " + e);
        }
    }

    private String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            String marked = number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
            return marked.endsWith("\r") ? marked.substring(0, marked.length() - 1) : marked;
        } catch (CharacterCodingException e) {
            throw new UnreadableDataException(file, number, "is not UTF-8");
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UnreadableDataException(file, "cannot be closed: " + e);
        }
    }
}
