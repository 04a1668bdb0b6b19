package dev.millrace.devstack.options;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The option {@code --minio} of every command that starts a stack. */
public final class MinioOption {
    @Option(
            names = "--minio",
            paramLabel = "PATH|build",
            description = "a real MinIO as the bucket: a binary's path, or 'build' to build one with Go")
    private Optional<String> minio = Optional.empty();

    /** The same stack with the bucket that was asked for. */
    public StackOptions applyTo(StackOptions stack) {
        return minio.map(S3Kind::minio).map(stack::withS3).orElse(stack);
    }
}
