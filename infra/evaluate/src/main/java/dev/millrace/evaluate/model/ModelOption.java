package dev.millrace.evaluate.model;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.embedding.network.EncoderOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** One of the models that are compared, by one of three options. */
public final class ModelOption {
    @Option(names = "--model", required = true, paramLabel = "FOLDER", description = "a Hugging Face folder")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--version",
            required = true,
            paramLabel = "V",
            description = "a version of the bucket: its name, a channel's, or head")
    private Optional<String> version = Optional.empty();

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "a running encoder, asked for what its channel points to; its token is read from"
                    + " MILLRACE_HTTP_TOKENS_READER or MILLRACE_HTTP_TOKEN")
    private Optional<URI> url = Optional.empty();

    /**
     * What models are made with.
     *
     * @param options of those that are loaded into this process
     * @param bucket asked for only where a version is named
     * @param token for running encoders
     * @param prompts what stands before queries and documents
     */
    public record Means(
            EncoderOptions options, Supplier<CheckpointStore> bucket, Optional<String> token, PromptUse prompts) {}

    /** What of a model's prompts is used. */
    public enum PromptUse {
        /** Those of queries and of documents. */
        ROLES,
        /** The default one before all texts. */
        DEFAULT
    }

    /** Loads it, or asks whether it is there; to be closed by the caller. */
    public TextEncoder open(Means means) {
        TextEncoder encoder = opened(means);
        return means.prompts() == PromptUse.DEFAULT ? new AlikeTexts(encoder) : encoder;
    }

    private TextEncoder opened(Means means) {
        if (folder.isPresent()) {
            return new FolderModel(folder.get().toString(), folder.get(), means.options());
        }
        if (version.isPresent()) {
            return new BucketVersion(version.get(), means.bucket().get(), means.options());
        }
        return new RemoteEncoder(url.orElseThrow(), means.token());
    }
}
