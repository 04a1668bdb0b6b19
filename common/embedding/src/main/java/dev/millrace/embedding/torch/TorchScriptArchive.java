package dev.millrace.embedding.torch;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Builds a TorchScript archive (the {@code .pt} that {@code torch::jit::load} reads) in memory from TorchScript source
 * text, so that the computation stays readable text in this repository and no Python or binary is part of the build.
 *
 * <p>Format: a stored zip of {@code data.pkl} (protocol 2 pickle of the module object), {@code code/__torch__.py},
 * {@code constants.pkl} and {@code version}; see torch/csrc/jit/serialization in PyTorch.
 */
public final class TorchScriptArchive {
    private static final byte[] EMPTY_TUPLE_PICKLE = {(byte) 0x80, 2, ')', '.'};

    private TorchScriptArchive() {}

    /**
     * Packs a text of this module.
     *
     * @param className the class that the source defines
     * @param resource name of a TorchScript text beside this class
     * @param attributes the module's attributes: Boolean, Integer, Double, String, or a list of Integer or of Double
     */
    public static byte[] ofResource(String className, String resource, Map<String, Object> attributes) {
        return of(className, text(resource), attributes);
    }

    /** A TorchScript text beside this class. */
    public static String text(String resource) {
        try (InputStream source = TorchScriptArchive.class.getResourceAsStream(resource)) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] of(String className, String source, Map<String, Object> attributes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "data.pkl", pickle(className, attributes));
            store(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            store(zip, "constants.pkl", EMPTY_TUPLE_PICKLE);
            store(zip, "version", "10\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry("module/" + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setTime(0L);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] pickle(String className, Map<String, Object> attributes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(0x80);
        out.write(2);
        out.writeBytes("c__torch__\n" + className + "\n)");
        out.write(0x81);
        out.writeBytes("}(");
        for (var attribute : attributes.entrySet()) {
            string(out, attribute.getKey());
            value(out, attribute.getValue());
        }
        out.writeBytes("ub.");
        return bytes.toByteArray();
    }

    /** As PyTorch pickles lists: what their elements are is told by who builds them. */
    private static void list(DataOutputStream out, List<?> values) throws IOException {
        String builder = values.get(0) instanceof Integer ? "build_intlist" : "build_doublelist";
        out.writeBytes("ctorch.jit._pickle\n" + builder + "\n](");
        for (Object value : values) {
            value(out, value);
        }
        out.write('e');
        out.write(0x85);
        out.write('R');
    }

    private static void string(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.writeInt(Integer.reverseBytes(utf8.length));
        out.write(utf8);
    }

    private static void value(DataOutputStream out, Object value) throws IOException {
        if (value instanceof Boolean truth) {
            out.write(truth ? 0x88 : 0x89);
        } else if (value instanceof Integer number) {
            out.write('J');
            out.writeInt(Integer.reverseBytes(number));
        } else if (value instanceof Double number) {
            out.write('G');
            out.writeDouble(number);
        } else if (value instanceof String text) {
            string(out, text);
        } else if (value instanceof List<?> list) {
            list(out, list);
        } else {
            throw new IllegalArgumentException("not an attribute type of ours: " + value);
        }
    }
}
