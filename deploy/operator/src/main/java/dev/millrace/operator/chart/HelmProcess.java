package dev.millrace.operator.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Helm in a process of its own for every rendering, so that this one keeps its signals, and whatever a chart does to
 * Helm is over with that process. A second each, and only when something changed.
 */
final class HelmProcess implements Templates {
    private static final Set<String> ENVIRONMENT = Set.of("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL");
    private static final long SECONDS = 120;

    private final Path chart;

    HelmProcess(Path chart) {
        this.chart = chart;
    }

    @Override
    public String render(Release release) {
        final Path answer = release.values().resolveSibling("rendered.yaml");
        try {
            final int code = run(command(release, answer));
            if (code == HelmMain.REFUSED) {
                throw new HelmRefusedException(Files.readString(answer));
            }
            if (code != HelmMain.RENDERED) {
                throw new IllegalStateException("Helm ended with code " + code + " and rendered nothing");
            }
            return Files.readString(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while Helm rendered", e);
        }
    }

    private List<String> command(Release release, Path answer) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HelmMain.class.getName(),
                chart.toString(),
                release.namespace(),
                release.name(),
                release.kubernetes(),
                release.values().toString(),
                answer.toString());
    }

    /** Nothing of the operator's own environment, which may hold a token, is handed on. */
    private static int run(List<String> command) throws IOException, InterruptedException {
        final ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).redirectError(Redirect.INHERIT);
        builder.environment().keySet().retainAll(ENVIRONMENT);
        final Process process = builder.start();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Helm rendered nothing for " + SECONDS + " s");
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
