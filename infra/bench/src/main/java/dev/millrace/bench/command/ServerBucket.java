package dev.millrace.bench.command;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.s3.S3Bucket;
import dev.millrace.checkpoints.s3.S3Settings;
import dev.millrace.devstack.options.Endpoints.S3Access;
import dev.millrace.devstack.options.Home;
import dev.millrace.devstack.options.Layout;
import dev.millrace.devstack.options.MinioOption;
import dev.millrace.devstack.options.StackOptions;
import dev.millrace.devstack.process.Await;
import dev.millrace.devstack.process.Ports;
import dev.millrace.devstack.process.Screen;
import dev.millrace.devstack.process.Supervised;
import dev.millrace.devstack.process.Supervisor;
import dev.millrace.devstack.storage.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A bucket on a real S3 server, which ends with it. */
public final class ServerBucket implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Layout layout;
    private final Supervisor supervisor;
    private final S3Bucket bucket;

    private ServerBucket(Layout layout, Supervisor supervisor, S3Access access) {
        this.layout = layout;
        this.supervisor = supervisor;
        this.bucket = S3Bucket.connect(new S3Settings(
                access.endpoint(), "us-east-1", access.bucket(), "", access.accessKey(), access.secretKey()));
    }

    /** Starts a server whose data and log are in the folder. */
    public static ServerBucket start(MinioOption minio, Path folder, Screen screen) {
        StackOptions options = minio.applyTo(StackOptions.in(folder));
        Layout layout = Layout.claim(options);
        S3Server server = new S3Server(new Ports());
        Supervisor supervisor = new Supervisor(InstantSource.system(), GRACE, new Told(screen));
        supervisor.start(server.spec(options.s3(), Home.find(), layout, screen));
        new Await(screen, LIMIT).until(() -> "waiting for the S3 server", () -> server.ready() && server.bucketReady());
        return new ServerBucket(layout, supervisor, server.access());
    }

    public Bucket bucket() {
        return bucket;
    }

    @Override
    public void close() throws IOException {
        bucket.close();
        try {
            supervisor.stop(List.of(S3Server.NAME));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        supervisor.close();
        layout.close();
    }

    private record Told(Screen screen) implements Supervised.Listener {
        @Override
        public void started(String name, long pid) {}

        @Override
        public void stopped(String name) {}

        @Override
        public void died(String name, int exitStatus, Duration pause) {
            screen.line(name + " died with " + exitStatus);
        }
    }
}
