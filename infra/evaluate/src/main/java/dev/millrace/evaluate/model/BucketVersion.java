package dev.millrace.evaluate.model;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.transfer.LocalFolder;
import dev.millrace.checkpoints.version.VersionName;
import dev.millrace.embedding.model.InputType;
import dev.millrace.embedding.network.EncoderOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A version out of a bucket, every file of it verified; its copy goes when it is closed. */
final class BucketVersion implements TextEncoder {
    private static final String HEAD = "head";
    private static final String STATE = "training-state/";

    private final Path copy;
    private final TextEncoder model;

    /** By the version's own name, or that of a channel, or {@code head}, that points to it. */
    BucketVersion(String name, CheckpointStore store, EncoderOptions options) {
        String version = version(name, store);
        try {
            copy = Files.createTempDirectory("millrace-evaluate");
        } catch (IOException e) {
            throw new UncheckedIOException("no room for a copy of " + version, e);
        }
        try {
            store.download(version, copy.resolve(version), file -> !file.startsWith(STATE));
            model = new FolderModel(version, copy.resolve(version), options);
        } catch (RuntimeException e) {
            new LocalFolder(copy).delete();
            throw e;
        }
    }

    private static String version(String name, CheckpointStore store) {
        if (VersionName.parse(name).isPresent()) {
            return name;
        }
        return (name.equals(HEAD) ? store.head() : store.channel(name))
                .map(Pointer::version)
                .orElseThrow(() ->
                        new IllegalArgumentException(name + " is neither a version's name nor a channel's, nor head"));
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public float[][] encode(InputType type, List<String> texts) {
        return model.encode(type, texts);
    }

    @Override
    public void close() {
        model.close();
        new LocalFolder(copy).delete();
    }
}
