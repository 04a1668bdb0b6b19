package dev.millrace.deploy.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Files by their place in an image or in what is sent to the builder.
 *
 * @param files from a path without a slash in front to the file on this machine
 */
record FileTree(SortedMap<String, Path> files) {
    static FileTree empty() {
        return new FileTree(new TreeMap<>());
    }

    static FileTree below(final Path folder, final Predicate<Path> wanted) {
        final FileTree tree = empty();
        try (Stream<Path> found = Files.walk(folder)) {
            found.filter(Files::isRegularFile)
                    .filter(file -> wanted.test(folder.relativize(file)))
                    .forEach(file -> tree.files.put(folder.relativize(file).toString(), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tree;
    }

    /**
     * What COPY takes of a source: a folder's content, a file, or what a pattern names.
     *
     * @param excludes patterns of what is left out, beginning at the source
     */
    FileTree taken(final String source, final List<String> excludes) {
        final String place = source.replaceAll("^[./]+|/+$", "");
        final List<PathMatcher> left = excludes.stream().map(FileTree::matcher).toList();
        final FileTree taken = empty();
        files.forEach((path, file) -> {
            final String inside = inside(place, path);
            if (!inside.isEmpty() && left.stream().noneMatch(matcher -> matcher.matches(Path.of(inside)))) {
                taken.files.put(inside, file);
            }
        });
        if (taken.files.isEmpty()) {
            throw new IllegalArgumentException("COPY " + source + ": there is no such file");
        }
        return taken;
    }

    /** Where a file of the source comes to lie in the destination; empty when it is none of the source's. */
    private static String inside(final String place, final String path) {
        if (place.isEmpty() || path.startsWith(place + "/")) {
            return place.isEmpty() ? path : path.substring(place.length() + 1);
        }
        return path.equals(place) || matcher(place).matches(Path.of(path))
                ? Path.of(path).getFileName().toString()
                : "";
    }

    private static PathMatcher matcher(final String pattern) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    }

    /** Laid into a folder of an image. */
    FileTree in(final String folder) {
        final String prefix = folder.equals("/") ? "" : folder.replaceAll("^/|/+$", "") + "/";
        final FileTree moved = empty();
        files.forEach((path, file) -> moved.files.put(prefix + path, file));
        return moved;
    }

    FileTree with(final FileTree over) {
        final FileTree both = new FileTree(new TreeMap<>(files));
        both.files.putAll(over.files);
        return both;
    }

    long bytes() {
        return files.values().stream().mapToLong(file -> file.toFile().length()).sum();
    }
}
