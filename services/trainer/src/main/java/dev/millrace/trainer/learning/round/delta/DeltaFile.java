package dev.millrace.trainer.learning.round.delta;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A delta on disk: for each tensor its name, the bytes that the codec wrote, and the weights that are kept exactly. Big-endian, but
 * for the codec's own bytes. What is read stays on disk until it is used.
 */
public final class DeltaFile {
    private static final int MAGIC = 0x4d524431;

    private DeltaFile() {}

    /** Writes it; the file is replaced. */
    public static void write(Delta delta, Path file) {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            SortedMap<String, Change> changes = delta.changes();
            out.writeInt(MAGIC);
            out.writeInt(changes.size());
            for (var change : changes.entrySet()) {
                write(change.getKey(), change.getValue(), out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String name, Change change, DataOutputStream out) throws IOException {
        out.writeUTF(name);
        ByteBuffer coded = change.coded().duplicate();
        out.writeInt(coded.remaining());
        out.writeInt(change.places().length);
        byte[] bytes = new byte[coded.remaining()];
        coded.get(bytes);
        out.write(bytes);
        for (int i = 0; i < change.places().length; i++) {
            out.writeInt(change.places()[i]);
            out.writeFloat(change.exact()[i]);
        }
    }

    /**
     * Reads what {@link #write} wrote; the file must stay as it is while the delta is used.
     *
     * @throws UncheckedIOException when it is no such file
     */
    public static Delta read(Path file, DeltaCodec codec) {
        try (FileChannel channel = FileChannel.open(file)) {
            InputStream bytes = Channels.newInputStream(channel);
            DataInputStream in = new DataInputStream(bytes);
            if (in.readInt() != MAGIC) {
                throw new IOException(file.getFileName() + " is no delta");
            }
            SortedMap<String, Change> changes = new TreeMap<>();
            int tensors = in.readInt();
            for (int i = 0; i < tensors; i++) {
                changes.put(in.readUTF(), change(in, channel));
            }
            return new Delta(codec, changes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Change change(DataInputStream in, FileChannel channel) throws IOException {
        int size = in.readInt();
        int[] places = new int[in.readInt()];
        float[] exact = new float[places.length];
        ByteBuffer coded = channel.map(FileChannel.MapMode.READ_ONLY, channel.position(), size);
        channel.position(channel.position() + size);
        for (int i = 0; i < places.length; i++) {
            places[i] = in.readInt();
            exact[i] = in.readFloat();
        }
        return new Change(coded, places, exact);
    }
}
