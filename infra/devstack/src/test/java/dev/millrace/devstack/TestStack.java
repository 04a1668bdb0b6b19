package dev.millrace.devstack;

import java.nio.file.Path;
import java.util.Optional;

/** The stack as integration tests want it: small, in a folder of its own, on the S3 server that the build was asked for. */
final class TestStack {
    private TestStack() {}

    static StackOptions options(String name) {
        Path root = Home.find().root();
        Path folder = root.resolve("infra/devstack/target/stacks").resolve(name);
        StackOptions options = StackOptions.in(folder);
        return Optional.ofNullable(System.getProperty("millrace.minio"))
                .map(minio ->
                        minio.equals("build") ? minio : root.resolve(minio).toString())
                .map(S3Kind::minio)
                .map(options::withS3)
                .orElse(options);
    }
}
