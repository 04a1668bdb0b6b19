package dev.millrace.checkpoints.transfer;

import dev.millrace.checkpoints.version.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A version's files on a disk. */
public record LocalFolder(Path root) {

    /** Every file by its path in the manifest; whatever could not be published is refused, not left out. */
    SortedMap<String, Path> files() {
        final SortedMap<String, Path> files = new TreeMap<>();
        for (final Path path : walk()) {
            if (Files.isRegularFile(path)) {
                files.put(Names.path(relative(path)), path);
            } else if (Files.isSymbolicLink(path) || !Files.isDirectory(path)) {
                throw new IllegalArgumentException("path " + relative(path) + " is neither a file nor a folder");
            }
        }
        return files;
    }

    public void delete() {
        walk().stream().sorted(Comparator.reverseOrder()).forEach(LocalFolder::delete);
    }

    private List<Path> walk() {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + root, e);
        }
    }

    private String relative(final Path path) {
        return root.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    private static void delete(final Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        }
    }
}
