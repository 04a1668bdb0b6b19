package dev.millrace.deploy.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A service's container while it runs, beside a broker and a bucket that are not there: it is up and waits for them. */
final class Running implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Map<String, String> GIVEN = Map.of(
            "MILLRACE_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
            "MILLRACE_S3_ENDPOINT", "http://127.0.0.1:1",
            "MILLRACE_S3_ACCESS_KEY", "given",
            "MILLRACE_S3_SECRET_KEY", "given-too",
            "MILLRACE_HTTP_TOKEN", "given",
            // Four JVMs start at once on what may be two processors, and none is asked anything that the second
            // compiler pays for.
            "JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
            "QUARKUS_HTTP_PORT", "0");

    private final Image image;
    private final Container container;
    private final Map<String, String> environment;
    private final Path log;
    private final Process process;

    private Running(final Image image, final Path folder) {
        this.image = image;
        this.container = Container.of(image, folder.resolve("root"));
        this.environment = new TreeMap<>(GIVEN);
        environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(freePort()));
        this.log = folder.resolve("log");
        this.process = container.start(image.entrypoint(), environment, log);
    }

    static Running start(final String service, final Path folder) {
        return new Running(Assembly.of(service), folder);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the image's own health check says yes within a time; no more is asked of one that has ended. */
    boolean healthyWithin(final Duration patience) throws InterruptedException {
        final long end = System.nanoTime() + patience.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            if (container.run(image.health(), environment).status() == 0) {
                return true;
            }
            Thread.sleep(PAUSE.toMillis());
        }
        return false;
    }

    /** What a command says that runs beside the service, as its user and in its root. */
    String saidBy(final String command) {
        return container.run(List.of("sh", "-c", command), environment).said();
    }

    /** Sends SIGTERM, as Docker and a kubelet do. */
    void terminate() {
        process.destroy();
    }

    boolean endsWithin(final Duration grace) throws InterruptedException {
        return process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
    }

    int status() {
        return process.exitValue();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
