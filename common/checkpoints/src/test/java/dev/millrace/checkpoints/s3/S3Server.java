package dev.millrace.checkpoints.s3;

import dev.millrace.checkpoints.transfer.LocalFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real S3 server in a process of its own, one per kind for all tests, ended with the test JVM. */
public final class S3Server {
    public static final String MINIO_PROPERTY = "millrace.minio";
    static final String ACCESS_KEY = "millrace-test";
    static final String SECRET_KEY = "millrace-test-secret";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final int port;

    private S3Server(final int port) {
        this.port = port;
    }

    public static S3Server s3proxy() {
        return S3ProxyOnce.SERVER;
    }

    public static S3Server minio() {
        return MinioOnce.SERVER;
    }

    int port() {
        return port;
    }

    /** A folder of the bucket that no other test uses. */
    public S3Settings settings() {
        return settings(port, SECRET_KEY);
    }

    public static S3Settings settings(final int port, final String secretKey) {
        final String prefix = "test-" + UUID.randomUUID();
        return new S3Settings("http://127.0.0.1:" + port, "us-east-1", "millrace", prefix, ACCESS_KEY, secretKey);
    }

    private static S3Server startS3proxy() {
        final int port = freePort();
        final Path folder = folder();
        final Path properties = folder.resolve("s3proxy.properties");
        final Path data = folder.resolve("data");
        write(properties, """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(port, ACCESS_KEY, SECRET_KEY, data));
        final String java =
                Path.of(System.getProperty("java.home"), "bin", "java").toString();
        final String jar = System.getProperty("millrace.s3proxy");
        return start(
                port,
                folder,
                List.of(java, "-Xmx768m", "-DLOG_LEVEL=warn", "-jar", jar, "--properties", properties.toString()),
                Map.of());
    }

    private static S3Server startMinio() {
        final int port = freePort();
        final Path folder = folder();
        final String binary = System.getProperty(MINIO_PROPERTY);
        final String data = folder.resolve("data").toString();
        return start(
                port,
                folder,
                List.of(binary, "server", "--quiet", "--address", "127.0.0.1:" + port, data),
                Map.of("MINIO_ROOT_USER", ACCESS_KEY, "MINIO_ROOT_PASSWORD", SECRET_KEY));
    }

    private static S3Server start(
            final int port, final Path folder, final List<String> command, final Map<String, String> environment) {
        final Path log = folder.resolve("server.log");
        final ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            final Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, folder)));
            awaitAnswer(process, port, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new S3Server(port);
    }

    private static void stop(final Process process, final Path folder) {
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
        new LocalFolder(folder).delete();
    }

    private static void awaitAnswer(final Process process, final int port, final Path log) throws IOException {
        final Instant deadline = Instant.now().plus(START_LIMIT);
        while (!answers(port)) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("the S3 server did not start:\n" + Files.readString(log));
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static boolean answers(final int port) {
        try {
            final HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
            return connection.getResponseCode() < 500;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            final Path folder = Files.createTempDirectory("millrace-s3");
            Files.createDirectory(folder.resolve("data"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(final Path file, final String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class S3ProxyOnce {
        private static final S3Server SERVER = startS3proxy();
    }

    private static final class MinioOnce {
        private static final S3Server SERVER = startMinio();
    }
}
