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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The safetensors file format (huggingface/safetensors, format description in its README): 8 bytes little-endian header
 * length, a JSON header {@code name -> {dtype, shape, data_offsets}}, then the raw little-endian values. As weights F32, F16
 * and BF16 are read; other types are refused by name.
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
     * One tensor as a file has it, of whatever type.
     *
     * @param type as the format names it: F32, BF16, U8 ..
     * @param shape sizes by dimension
     * @param values row-major, little-endian
     */
    public record Stored(String type, long[] shape, ByteBuffer values) {
        /** As it is. */
        public static Stored of(Tensor tensor) {
            return new Stored("F32", tensor.shape(), tensor.values());
        }

        /**
         * As a weight.
         *
         * @param place what to call it where it is none: file and name
         * @throws UnsupportedModelException when it is of another type or size
         */
        public Tensor weight(String place) {
            ElementType element = ElementType.of(type)
                    .orElseThrow(
                            () -> new UnsupportedModelException(place + " is " + type + "; supported: F32, F16, BF16"));
            long expected = element.bytes() * Arrays.stream(shape).reduce(1, Math::multiplyExact);
            if (values.remaining() != expected) {
                throw new UnsupportedModelException(
                        place + " has " + values.remaining() + " bytes where its shape needs " + expected);
            }
            return new Tensor(shape, element.widened(values));
        }

        /** Bytes of a number. */
        private long width() {
            return values.capacity() / Math.max(1, Arrays.stream(shape).reduce(1, Math::multiplyExact));
        }
    }

    /**
     * All tensors of a file in the header's order, but those of whole numbers ({@code position_ids}), which are no weights.
     * F32 is mapped and not copied; F16 and BF16 are widened, which loses nothing. Of tensors that are one, of which a file keeps
     * one (safetensors' save_model, whose metadata says which), the other is there as well.
     */
    public static Map<String, Tensor> read(Path file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try {
            readStored(file).forEach((name, stored) -> {
                if (!NO_WEIGHTS.contains(stored.type())) {
                    tensors.put(name, stored.weight(file.getFileName() + ": " + name));
                }
            });
            return tensors;
        } catch (ArithmeticException e) {
            throw new UnsupportedModelException(file.getFileName() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** All tensors of a file in the header's order, of whatever type; mapped and not copied. */
    public static Map<String, Stored> readStored(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long headerBytes = bytes(channel, 0, 8).getLong(0);
            if (headerBytes < 2 || headerBytes > Math.min(MAX_HEADER_BYTES, channel.size() - 8)) {
                throw new UnsupportedModelException(file.getFileName() + ": not a safetensors file");
            }
            byte[] header = new byte[(int) headerBytes];
            bytes(channel, 8, headerBytes).get(header);
            JsonNode entries = JSON.readTree(header);
            Map<String, Stored> tensors = new LinkedHashMap<>();
            for (var entry : entries.properties()) {
                if (!entry.getKey().equals(METADATA)) {
                    tensors.put(entry.getKey(), stored(channel, 8 + headerBytes, entry.getValue()));
                }
            }
            tie(tensors, entries.path(METADATA));
            return tensors;
        } catch (IOException | IllegalArgumentException e) {
            throw new UnsupportedModelException(file.getFileName() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void tie(Map<String, Stored> tensors, JsonNode metadata) {
        for (var entry : metadata.properties()) {
            String kept = entry.getValue().asText();
            if (tensors.containsKey(kept)) {
                tensors.putIfAbsent(entry.getKey(), tensors.get(kept));
            }
        }
    }

    private static Stored stored(FileChannel channel, long start, JsonNode entry) throws IOException {
        List<Long> sizes = JSON.readerFor(new TypeReference<List<Long>>() {}).readValue(entry.path("shape"));
        long begin = entry.path("data_offsets").path(0).asLong();
        long bytes = entry.path("data_offsets").path(1).asLong() - begin;
        return new Stored(
                entry.path("dtype").asText(),
                sizes.stream().mapToLong(Long::longValue).toArray(),
                bytes(channel, start + begin, bytes));
    }

    /** One mapping a tensor: a mapping holds at most 2 GiB, and large models are larger. */
    private static ByteBuffer bytes(FileChannel channel, long from, long count) throws IOException {
        return channel.map(FileChannel.MapMode.READ_ONLY, from, count).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes all tensors as F32; the same tensors in the same order give the same bytes. */
    public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
        writeStored(file, stored(tensors));
    }

    /** As they are to be written. */
    public static Map<String, Stored> stored(Map<String, Tensor> tensors) {
        Map<String, Stored> stored = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> stored.put(name, Stored.of(tensor)));
        return stored;
    }

    /** As {@link #write}, each of its type; those of wider numbers first, so that all are aligned. */
    public static void writeStored(Path file, Map<String, Stored> tensors) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        header.putObject(METADATA).put("format", "pt");
        long offset = 0;
        List<ByteBuffer> parts = new ArrayList<>();
        for (var entry : widestFirst(tensors)) {
            ByteBuffer values = entry.getValue().values().duplicate().rewind();
            ObjectNode node = header.putObject(entry.getKey())
                    .put("dtype", entry.getValue().type());
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

    private static List<Map.Entry<String, Stored>> widestFirst(Map<String, Stored> tensors) {
        List<Map.Entry<String, Stored>> entries = new ArrayList<>(tensors.entrySet());
        entries.sort(Comparator.comparingLong(entry -> -entry.getValue().width()));
        return entries;
    }
}
