package dev.millrace.devstack.options;

import dev.millrace.devstack.process.Folders;
import dev.millrace.devstack.process.StartFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The folders and files of one stack, held by a lock so that two stacks never share them. */
public final class Layout implements AutoCloseable {
    private final Path folder;
    private final Optional<Path> keep;
    private final FileChannel lockFile;
    private final FileLock lock;

    private Layout(Path folder, Optional<Path> keep, FileChannel lockFile, FileLock lock) {
        this.folder = folder;
        this.keep = keep;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** Takes the folder over and removes what a killed run may have left there. */
    public static Layout claim(StackOptions options) {
        try {
            Files.createDirectories(options.folder());
            FileChannel file = FileChannel.open(
                    options.folder().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            Layout layout = new Layout(options.folder(), options.keep(), file, tryLock(file, options.folder()));
            layout.clear();
            Folders.delete(layout.logs());
            return layout;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + options.folder() + ": " + e.getMessage(), e);
        }
    }

    private static FileLock tryLock(FileChannel file, Path folder) throws IOException {
        try {
            return Optional.ofNullable(file.tryLock()).orElseThrow(() -> taken(folder));
        } catch (OverlappingFileLockException e) {
            throw taken(folder);
        }
    }

    private static StartFailedException taken(Path folder) {
        return new StartFailedException("another stack runs in " + folder);
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    public Path log(String process) {
        return logs().resolve(process + ".log");
    }

    /** A process's working directory, with its configuration. */
    public Path run(String process) {
        return folder.resolve("run").resolve(process);
    }

    public Path data(String process) {
        return keep.orElseGet(() -> folder.resolve("data")).resolve(process);
    }

    public Path endpoints() {
        return folder.resolve("endpoints.json");
    }

    /** Deletes everything but the logs and what was asked to be kept. */
    void clear() throws IOException {
        Files.deleteIfExists(endpoints());
        Folders.delete(folder.resolve("run"));
        Folders.delete(folder.resolve("data"));
    }

    @Override
    public void close() throws IOException {
        clear();
        lock.release();
        lockFile.close();
        Files.deleteIfExists(folder.resolve("lock"));
    }
}
