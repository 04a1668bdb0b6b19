package dev.millrace.devstack.options;

import java.nio.file.Path;
import java.util.Optional;

/** Which S3 server keeps the bucket. */
public sealed interface S3Kind {
    /** The embedded one: needs nothing but the JDK. */
    record S3Proxy() implements S3Kind {}

    /** A real MinIO server, started from a binary that is already there. */
    record Minio(Path binary) implements S3Kind {}

    /** A real MinIO server, built once with a Go toolchain under {@code target/minio}. */
    record MinioBuild() implements S3Kind {}

    /** Reads the command line's form: {@code build} or the path of a binary. */
    static S3Kind minio(String pathOrBuild) {
        return pathOrBuild.equals("build") ? new MinioBuild() : new Minio(Path.of(pathOrBuild));
    }

    /** What the build was asked to test on: system property {@code millrace.minio}, a path being below {@code root}. */
    static S3Kind ofBuild(Path root) {
        return Optional.ofNullable(System.getProperty("millrace.minio"))
                .map(minio ->
                        minio.equals("build") ? minio : root.resolve(minio).toString())
                .map(S3Kind::minio)
                .orElseGet(S3Proxy::new);
    }
}
