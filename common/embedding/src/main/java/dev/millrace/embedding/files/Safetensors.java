package dev.millrace.embedding.files;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.embedding.model.UnsupportedModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The safetensors file format (huggingface/safetensors, format description in its README): 8 bytes little-endian header
 * length, a JSON header {@code name -> {dtype, shape, data_offsets}}, then the raw little-endian values. F32, F16
 * and BF16 are read, F32 is written; other types are refused by name.
 */
public final class Safetensors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_HEADER_BYTES = 100 << 20;
    private static final String METADATA = "__metadata__";
    /** What a file may hold besides weights: positions, and masks of attention. */
    private static final Set<String> NO_WEIGHTS = Set.of("I64", "I32", "U8", "BOOL");

    private Safetensors() {}

    /**
     * One tensor.
     *
     * @param shape sizes by dimension
     * @param values fp32 values, row-major, little-endian
     */
    public record Tensor(long[] shape, ByteBuffer values) {
        /** A copy of the values. */
        float[] floats() {
            FloatBuffer numbers =
                    values.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            float[] copy = new float[numbers.remaining()];
            numbers.get(copy);
            return copy;
        }
    }

    /**
     * All tensors of a file in the header's order, but those of whole numbers ({@code position_ids}), which are no weights.
     * F32 is mapped and not copied; F16 and BF16 are widened, which loses nothing. Of tensors that are one, of which a file keeps
     * one (safetensors' save_model, whose metadata says which), the other is there as well.
     */
    public static Map<String, Tensor> read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long headerBytes = bytes(channel, 0, 8).getLong(0);
            if (headerBytes < 2 || headerBytes > Math.min(MAX_HEADER_BYTES, channel.size() - 8)) {
                throw new UnsupportedModelException(file.getFileName() + ": not a safetensors file");
            }
            byte[] header = new byte[(int) headerBytes];
            bytes(channel, 8, headerBytes).get(header);
            JsonNode entries = JSON.readTree(header);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (var entry : entries.properties()) {
                boolean weight = !entry.getKey().equals(METADATA)
                        && !NO_WEIGHTS.contains(entry.getValue().path("dtype").asText());
                if (weight) {
                    String place = file.getFileName() + ": " + entry.getKey();
                    tensors.put(entry.getKey(), tensor(channel, 8 + headerBytes, place, entry.getValue()));
                }
            }
            tie(tensors, entries.path(METADATA));
            return tensors;
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw new UnsupportedModelException(file.getFileName() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void tie(Map<String, Tensor> tensors, JsonNode metadata) {
        for (var entry : metadata.properties()) {
            String kept = entry.getValue().asText();
            if (tensors.containsKey(kept)) {
                tensors.putIfAbsent(entry.getKey(), tensors.get(kept));
            }
        }
    }

    private static Tensor tensor(FileChannel channel, long start, String place, JsonNode entry) throws IOException {
        ElementType type = ElementType.of(entry.path("dtype").asText())
                .orElseThrow(() -> new UnsupportedModelException(
                        place + " is " + entry.path("dtype").asText() + "; supported: F32, F16, BF16"));
        List<Long> sizes = JSON.readerFor(new TypeReference<List<Long>>() {}).readValue(entry.path("shape"));
        long[] shape = sizes.stream().mapToLong(Long::longValue).toArray();
        long begin = entry.path("data_offsets").path(0).asLong();
        long bytes = entry.path("data_offsets").path(1).asLong() - begin;
        long expected = type.bytes() * Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (bytes != expected) {
            throw new UnsupportedModelException(place + " has " + bytes + " bytes where its shape needs " + expected);
        }
        return new Tensor(shape, type.widened(bytes(channel, start + begin, bytes)));
    }

    /** One mapping a tensor: a mapping holds at most 2 GiB, and large models are larger. */
    private static ByteBuffer bytes(FileChannel channel, long from, long count) throws IOException {
        return channel.map(FileChannel.MapMode.READ_ONLY, from, count).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes all tensors; the same tensors in the same order give the same bytes. */
    public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        header.putObject("__metadata__").put("format", "pt");
        long offset = 0;
        List<ByteBuffer> parts = new ArrayList<>();
        for (var entry : tensors.entrySet()) {
            ByteBuffer values = entry.getValue().values().duplicate().rewind();
            ObjectNode node = header.putObject(entry.getKey()).put("dtype", "F32");
            var shape = node.putArray("shape");
            for (long size : entry.getValue().shape()) {
                shape.add(size);
            }
            node.putArray("data_offsets").add(offset).add(offset + values.remaining());
            offset += values.remaining();
            parts.add(values);
        }
        // Readers map the file; an 8-byte boundary keeps the values aligned.
        String json = JSON.writeValueAsString(header);
        byte[] padded = (json + " ".repeat((8 - json.length() % 8) % 8)).getBytes(StandardCharsets.UTF_8);
        ByteBuffer head = ByteBuffer.allocate(8 + padded.length).order(ByteOrder.LITTLE_ENDIAN);
        parts.add(0, head.putLong(padded.length).put(padded).flip());
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (ByteBuffer part : parts) {
                while (part.hasRemaining()) {
                    channel.write(part);
                }
            }
        }
    }
}
