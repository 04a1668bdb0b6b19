package dev.millrace.devstack;

import java.nio.file.Path;

/** The stack as integration tests want it: small, in a folder of its own, on the S3 server that the build was asked for. */
final class TestStack {
    private TestStack() {}

    static StackOptions options(String name) {
        Path root = Home.find().root();
        Path folder = root.resolve("infra/devstack/target/stacks").resolve(name);
        return StackOptions.in(folder).withS3(S3Kind.ofBuild(root));
    }
}
