package dev.millrace.operator.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The chart that the operator was built with, as Helm wants it: in a folder. */
final class ChartFolder {
    private static final String RESOURCE = "/chart/millrace";

    private ChartFolder() {}

    /** Copies the chart below the folder, and gives where it is. */
    static Path unpack(Path folder) {
        try {
            final URI uri =
                    ChartFolder.class.getResource(RESOURCE + "/Chart.yaml").toURI();
            if (!uri.getScheme().equals("jar")) {
                return copy(Path.of(uri).getParent(), folder);
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return copy(jar.getPath(RESOURCE), folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path copy(Path from, Path folder) throws IOException {
        final Path chart = folder.resolve("millrace");
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final Path target = chart.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        return chart;
    }
}
