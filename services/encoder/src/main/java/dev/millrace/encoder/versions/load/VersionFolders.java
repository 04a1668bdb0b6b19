package dev.millrace.encoder.versions.load;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.transfer.EarlierDownloads;
import dev.millrace.checkpoints.version.AlteredVersionException;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The newest few verified versions on this machine's disk; used by one thread, and by one encoder at a time. */
public final class VersionFolders implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(VersionFolders.class);

    private final CheckpointStore store;
    private final Path root;
    private final int capacity;
    private final FileChannel lock;
    private final Deque<String> newestFirst = new ArrayDeque<>();
    private final Map<String, CompletableFuture<Void>> inUse = new HashMap<>();

    /** Takes over what an earlier run left in the folder; refuses one that another encoder works in. */
    public VersionFolders(CheckpointStore store, Path cache, int capacity) throws IOException {
        this.store = store;
        this.root = cache.resolve("versions");
        this.capacity = capacity;
        Files.createDirectories(root);
        this.lock = lock(cache);
        newestFirst.addAll(names());
    }

    /** The version's folder, every file of which has just been compared with the manifest's hash. */
    Path obtain(String version) throws IOException {
        final Path folder = root.resolve(version);
        if (!intact(version, folder)) {
            delete(folder);
            final List<Path> earlier = newestFirst.stream().map(root::resolve).toList();
            store.download(version, folder, VersionFolders::serves, new EarlierDownloads(earlier));
        }
        newestFirst.remove(version);
        newestFirst.addFirst(version);
        trim();
        return folder;
    }

    /** Keeps the version's folder until a model made of it is freed. */
    void keepUntil(String version, CompletableFuture<Void> freed) {
        inUse.merge(version, freed, CompletableFuture::allOf);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    /** A copy that was altered on this disk is no fault of the version: it is fetched again. */
    private boolean intact(String version, Path folder) {
        if (Files.notExists(folder)) {
            return false;
        }
        try {
            store.verifyCopy(version, folder, VersionFolders::serves);
            return true;
        } catch (AlteredVersionException altered) {
            LOG.warnf("The cached copy is fetched again: %s", altered.getMessage());
            return false;
        }
    }

    private static boolean serves(String path) {
        return !path.startsWith("training-state/");
    }

    private void trim() throws IOException {
        inUse.values().removeIf(CompletableFuture::isDone);
        final Iterator<String> oldestFirst = newestFirst.descendingIterator();
        while (newestFirst.size() > capacity && oldestFirst.hasNext()) {
            final String version = oldestFirst.next();
            if (!inUse.containsKey(version) && !version.equals(newestFirst.getFirst())) {
                delete(root.resolve(version));
                oldestFirst.remove();
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        final List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(folder)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(VersionFolders::lastModified).reversed())
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        }
    }

    private static long lastModified(Path folder) {
        try {
            return Files.getLastModifiedTime(folder).toMillis();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static FileChannel lock(Path cache) throws IOException {
        final FileChannel channel =
                FileChannel.open(cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new ConfigurationException(
                    "millrace.encoder.cache-dir: " + cache + " is in use by another encoder; give each its own");
        }
        return channel;
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock()).isPresent();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }
}
