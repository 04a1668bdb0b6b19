package dev.millrace.devstack.storage;

import dev.millrace.devstack.options.Endpoints.S3Access;
import dev.millrace.devstack.options.Home;
import dev.millrace.devstack.options.Layout;
import dev.millrace.devstack.options.S3Kind;
import dev.millrace.devstack.process.Folders;
import dev.millrace.devstack.process.JavaCommand;
import dev.millrace.devstack.process.LaunchSpec;
import dev.millrace.devstack.process.Ports;
import dev.millrace.devstack.process.Screen;
import dev.millrace.devstack.process.SecretFile;
import dev.millrace.devstack.process.StartFailedException;
import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.errors.MinioException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A real S3 server on loopback with credentials made for this run, in a process of its own. */
public final class S3Server {
    public static final String NAME = "s3";
    private static final String BUCKET = "millrace";
    private static final String REGION = "us-east-1";
    private static final int HEAP_MIB = 768;

    private final int port;
    private final S3Access access;
    private final MinioClient client;

    public S3Server(Ports ports) {
        SecureRandom random = new SecureRandom();
        this.port = ports.free();
        this.access = new S3Access("http://127.0.0.1:" + port, hex(random, 10), hex(random, 20), BUCKET);
        this.client = MinioClient.builder()
                .endpoint(access.endpoint())
                .credentials(access.accessKey(), access.secretKey())
                .region(REGION)
                .build();
    }

    private static String hex(SecureRandom random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    public S3Access access() {
        return access;
    }

    public LaunchSpec spec(S3Kind kind, Home home, Layout layout, Screen screen) {
        if (kind instanceof S3Kind.Minio minio) {
            return minio(executable(minio.binary()), layout);
        }
        if (kind instanceof S3Kind.MinioBuild) {
            return minio(MinioBinary.build(home.target().resolve("minio"), screen), layout);
        }
        return s3Proxy(home.s3Server(), layout);
    }

    private LaunchSpec s3Proxy(Path jar, Layout layout) {
        Path data = layout.data(NAME);
        Map<String, String> properties = Map.of(
                "s3proxy.endpoint", access.endpoint(),
                "s3proxy.authorization", "aws-v2-or-v4",
                "s3proxy.identity", access.accessKey(),
                "s3proxy.credential", access.secretKey(),
                "jclouds.provider", "filesystem-nio2",
                "jclouds.filesystem.basedir", Folders.create(data).toString());
        Path file = SecretFile.properties(layout.run(NAME).resolve("s3proxy.properties"), properties);
        List<String> command = new ArrayList<>(JavaCommand.of(HEAP_MIB, false));
        command.addAll(List.of("-DLOG_LEVEL=warn", "-jar", jar.toString(), "--properties", file.toString()));
        return new LaunchSpec(NAME, command, Map.of(), layout.run(NAME), layout.log(NAME));
    }

    private LaunchSpec minio(Path binary, Layout layout) {
        Path data = Folders.create(layout.data(NAME));
        List<String> command = List.of(binary.toString(), "server", "--address", "127.0.0.1:" + port, data.toString());
        Map<String, String> credentials =
                Map.of("MINIO_ROOT_USER", access.accessKey(), "MINIO_ROOT_PASSWORD", access.secretKey());
        return new LaunchSpec(NAME, command, credentials, layout.run(NAME), layout.log(NAME));
    }

    private static Path executable(Path binary) {
        Path absolute = binary.toAbsolutePath().normalize();
        if (!Files.isExecutable(absolute)) {
            throw new StartFailedException("--minio: " + binary + " is not an executable file");
        }
        return absolute;
    }

    public boolean ready() {
        return Ports.listening(port);
    }

    /** True once the bucket is there; a server that listens may still be about to answer 503. */
    public boolean bucketReady() {
        try {
            if (!client.bucketExists(BucketExistsArgs.builder().bucket(BUCKET).build())) {
                client.makeBucket(MakeBucketArgs.builder().bucket(BUCKET).build());
            }
            return true;
        } catch (MinioException | IllegalStateException e) {
            // Not yet: the caller asks again until its deadline. The client throws network failures as
            // IllegalStateException.
            return false;
        }
    }

    public Map<String, String> configuration() {
        return Map.of(
                "millrace.s3.endpoint", access.endpoint(),
                "millrace.s3.region", REGION,
                "millrace.s3.bucket", BUCKET,
                "millrace.s3.access-key", access.accessKey(),
                "millrace.s3.secret-key", access.secretKey());
    }
}
