package dev.millrace.operator.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Renders once, into a file, and ends. */
final class HelmMain {
    static final int RENDERED = 0;
    static final int REFUSED = 3;

    private HelmMain() {}

    /** Arguments: the chart, the release's namespace, name, Kubernetes' version and values, and where to write. */
    public static void main(String[] arguments) throws IOException {
        final Path answer = Path.of(arguments[5]);
        try {
            final Release release = new Release(arguments[1], arguments[2], arguments[3], Path.of(arguments[4]));
            Files.writeString(answer, new HelmLibrary(Path.of(arguments[0])).render(release));
        } catch (HelmRefusedException e) {
            Files.writeString(answer, String.valueOf(e.getMessage()));
            System.exit(REFUSED);
        }
    }
}
