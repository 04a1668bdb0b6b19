package dev.millrace.admin.reindex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** JSON lines with {@code id} (or {@code _id}, as BEIR has it) and {@code text}, plain or gzipped; other members are ignored. */
final class Corpus implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final BufferedReader lines;
    private long line;

    private Corpus(Path file, InputStream in) {
        this.file = file;
        lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    static Corpus open(Path file) {
        try {
            InputStream in = Files.newInputStream(file);
            return new Corpus(file, file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e, e);
        }
    }

    /** The next one, empty at the end; an IllegalArgumentException names the line that is none. */
    Optional<Document> next() {
        try {
            Optional<String> next = Optional.ofNullable(lines.readLine());
            line++;
            return next.isPresent() ? Optional.of(document(next.get())) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e, e);
        }
    }

    private Document document(String json) throws IOException {
        JsonNode tree = JSON.readTree(json);
        String id = tree.path("id").asText(tree.path("_id").asText());
        String text = tree.path("text").asText();
        if (id.isEmpty() || text.isEmpty()) {
            throw new IllegalArgumentException(file + ", line " + line + ": id and text are needed, and not empty");
        }
        return new Document(id, text);
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
