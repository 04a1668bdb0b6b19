package dev.millrace.deploy.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/** A Dockerfile.dockerignore that leaves out everything but some files and folders. */
record Ignored(List<String> exceptions) {
    static Ignored read(final Path dockerfile) {
        try {
            final List<String> lines =
                    Files.readAllLines(dockerfile.resolveSibling(dockerfile.getFileName() + ".dockerignore"));
            if (!lines.get(0).equals("*") || !lines.stream().skip(1).allMatch(line -> line.startsWith("!"))) {
                throw new IllegalArgumentException(dockerfile + ".dockerignore is more than a list of exceptions");
            }
            return new Ignored(
                    lines.stream().skip(1).map(line -> line.substring(1)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the builder is sent of a folder. */
    FileTree rest(final Path root) {
        return exceptions.stream().map(exception -> sent(root, exception)).reduce(FileTree.empty(), FileTree::with);
    }

    private static FileTree sent(final Path root, final String exception) {
        final Path parent = root.resolve(exception).getParent();
        final PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + exception + "{,/**}");
        return Files.isDirectory(parent)
                ? FileTree.below(parent, path -> matcher.matches(root.relativize(parent.resolve(path))))
                        .in(root.relativize(parent).toString())
                : FileTree.empty();
    }
}
