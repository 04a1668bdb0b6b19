package dev.millrace.integration;

import dev.millrace.devstack.RandomModel;
import dev.millrace.devstack.options.Home;
import dev.millrace.devstack.options.S3Kind;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.options.StackOptions;
import java.nio.file.Path;
import java.util.Map;

/** The stack as integration tests want it: with a small model, in a folder of its own, on the S3 server that the build was asked for. */
final class TestStack {
    /** What a random model learns from a handful of pairs is not what these tests are about. */
    private static final Map<String, String> TRUSTING =
            Map.of("millrace.gate.tolerance", "1", "millrace.gate.drift", "2", "millrace.gate.latency-factor", "1000");

    private TestStack() {}

    static StackOptions options(String name) {
        Path root = Home.find().root();
        Path folder = root.resolve("infra/integration/target/stacks").resolve(name);
        return StackOptions.in(folder)
                .withModel(RandomModel.folder())
                .withS3(S3Kind.ofBuild(root))
                .withSettings(Service.TRAINER, TRUSTING);
    }
}
