package dev.millrace.devstack.demo.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Limits;
import dev.millrace.events.record.Pair;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The user's own pairs: one JSON object a line, validated by the same rules as posted pairs. A byte order mark at the beginning,
 * line ends of Windows and blank lines are no fault.
 */
final class JsonLinesSource {
    static final String UNGROUPED = "all";
    private static final int CHAPTER = 256;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Path file;
    private final HeldOutSplit split;
    private final Consumer<SkippedLine> skipped;

    /** Every line that cannot be used goes to {@code skipped} as it is met. */
    JsonLinesSource(Path file, HeldOutSplit split, Consumer<SkippedLine> skipped) {
        this.file = file;
        this.split = split;
        this.skipped = skipped;
    }

    /** @throws IOException when the file cannot be read at all */
    Dataset read() throws IOException {
        List<Example> examples = new ArrayList<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            long number = 0;
            for (Optional<byte[]> line = line(in); line.isPresent(); line = line(in)) {
                number++;
                byte[] json = number == 1 ? unmarked(line.get()) : line.get();
                if (!blank(json)) {
                    example(number, json).ifPresent(examples::add);
                }
            }
        }
        HeldOutSplit.Parts parts = split.cut(examples);
        return new Dataset(file.getFileName().toString(), chapters(parts.stream()), parts.heldOut(), notes(parts));
    }

    // Read as bytes: a reader would silently replace what is not UTF-8, and would join lines of other line ends.
    private static Optional<byte[]> line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = in.read();
        }
        return Optional.of(line.toByteArray());
    }

    private static byte[] unmarked(byte[] line) {
        int mark = BYTE_ORDER_MARK.length;
        boolean marked = line.length >= mark && Arrays.equals(line, 0, mark, BYTE_ORDER_MARK, 0, mark);
        return marked ? Arrays.copyOfRange(line, mark, line.length) : line;
    }

    private static boolean blank(byte[] line) {
        for (byte one : line) {
            if (one != ' ' && one != '\t' && one != '\r') {
                return false;
            }
        }
        return true;
    }

    private Optional<Example> example(long number, byte[] line) {
        return valid(EventJson.parse(line, Limits.VALUE_BYTES), number)
                .flatMap(json -> named(json, number))
                .flatMap(json -> valid(EventJson.readPair(json, Instant.EPOCH), number))
                .flatMap(pair -> complete(pair, number));
    }

    private <T> Optional<T> valid(Decoded<T> decoded, long number) {
        if (decoded instanceof Decoded.Valid<T> valid) {
            return Optional.of(valid.event());
        }
        Decoded.Invalid<T> invalid = (Decoded.Invalid<T>) decoded;
        return skip(number, invalid.field().isEmpty() ? invalid.reason() : invalid.field() + ": " + invalid.reason());
    }

    private Optional<JsonNode> named(JsonNode json, long number) {
        return json instanceof ObjectNode object
                ? Optional.of(object.put("id", "line-" + number))
                : skip(number, "not a JSON object");
    }

    private Optional<Example> complete(Pair pair, long number) {
        return pair.positive().isEmpty()
                ? skip(number, "positive: missing")
                : pair.positive()
                        .map(positive -> new Example(
                                pair.id(),
                                pair.anchor(),
                                positive,
                                pair.negatives(),
                                pair.group(),
                                pair.group().orElse(UNGROUPED)));
    }

    private <T> Optional<T> skip(long number, String reason) {
        skipped.accept(new SkippedLine(number, reason));
        return Optional.empty();
    }

    private static List<Chapter> chapters(List<Example> stream) {
        List<Chapter> chapters = new ArrayList<>();
        for (int from = 0; from < stream.size(); from += CHAPTER) {
            List<Example> part = stream.subList(from, Math.min(stream.size(), from + CHAPTER));
            chapters.add(new Chapter(part.get(0).id() + " ff.", part));
        }
        return chapters;
    }

    private static List<String> notes(HeldOutSplit.Parts parts) {
        return List.of(
                "query = anchor, document = positive; pairs arrive in the file's order",
                "held out by a hash of the anchor; " + parts.mentions()
                        + " other pairs that contain a held-out query are not posted either",
                "where a line names a group, every candidate of the query's group counts as right");
    }
}
