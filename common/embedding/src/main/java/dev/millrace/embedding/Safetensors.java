package dev.millrace.embedding;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors file format (huggingface/safetensors, format description in its README): 8 bytes little-endian header
 * length, a JSON header {@code name -> {dtype, shape, data_offsets}}, then the raw little-endian values. Only F32 is
 * read and written; other types are refused by name.
 */
final class Safetensors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_HEADER_BYTES = 100 << 20;

    private Safetensors() {}

    /**
     * One tensor.
     *
     * @param shape sizes by dimension
     * @param values fp32 values, row-major, little-endian
     */
    record Tensor(long[] shape, ByteBuffer values) {}

    /** All tensors of a file, mapped and not copied, in the header's order. */
    static Map<String, Tensor> read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN);
            long headerBytes = all.getLong(0);
            if (headerBytes < 2 || headerBytes > Math.min(MAX_HEADER_BYTES, all.capacity() - 8)) {
                throw new UnsupportedModelException(file.getFileName() + ": not a safetensors file");
            }
            byte[] header = new byte[(int) headerBytes];
            all.get(8, header);
            ByteBuffer data = all.slice(8 + header.length, all.capacity() - 8 - header.length);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (var entry : JSON.readTree(header).properties()) {
                if (!entry.getKey().equals("__metadata__")) {
                    tensors.put(entry.getKey(), tensor(file, entry.getKey(), entry.getValue(), data));
                }
            }
            return tensors;
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new UnsupportedModelException(file.getFileName() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Tensor tensor(Path file, String name, JsonNode entry, ByteBuffer data) throws IOException {
        if (!entry.path("dtype").asText().equals("F32")) {
            throw new UnsupportedModelException(file.getFileName() + ": " + name + " is "
                    + entry.path("dtype").asText() + "; supported is F32");
        }
        List<Long> sizes = JSON.readerFor(new TypeReference<List<Long>>() {}).readValue(entry.path("shape"));
        long[] shape = sizes.stream().mapToLong(Long::longValue).toArray();
        long begin = entry.path("data_offsets").path(0).asLong();
        long bytes = entry.path("data_offsets").path(1).asLong() - begin;
        long expected = 4 * java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (bytes != expected) {
            throw new UnsupportedModelException(
                    file.getFileName() + ": " + name + " has " + bytes + " bytes where its shape needs " + expected);
        }
        return new Tensor(
                shape,
                data.slice(Math.toIntExact(begin), Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Writes all tensors; the same tensors in the same order give the same bytes. */
    static void write(Path file, Map<String, Tensor> tensors) throws IOException {
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
