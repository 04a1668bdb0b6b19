package dev.millrace.devstack.options;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that starts a stack on a model of the user's choice. */
public final class StartOptions {
    @Option(
            names = "--model",
            paramLabel = "FOLDER",
            description = "Hugging Face folder to begin with, instead of the model named above")
    private Optional<Path> model = Optional.empty();

    @Mixin
    private final MinioOption minio = new MinioOption();

    /** A stack in this folder, with what was asked for. */
    public StackOptions in(Path folder) {
        StackOptions options = minio.applyTo(StackOptions.in(folder));
        return model.map(options::withModel).orElse(options);
    }
}
