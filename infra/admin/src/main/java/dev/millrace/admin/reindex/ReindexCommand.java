package dev.millrace.admin.reindex;

import dev.millrace.admin.connection.ConnectionOptions;
import dev.millrace.admin.output.Json;
import dev.millrace.admin.output.JsonOption;
import dev.millrace.checkpoints.space.Space;
import dev.millrace.checkpoints.space.Spaces;
import dev.millrace.client.encoder.EncoderClient;
import dev.millrace.client.http.ClientSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./millrace reindex}. */
@Command(
        name = "reindex",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Streams a corpus through one version of an encoder into a file that an index is loaded from. The same command goes",
            "on where it was broken off, with the version that it began with. With --space some of the texts and their vectors",
            "are kept in the bucket, so that later versions can search the index: \"space\": NAME in a request."
        },
        footer = {
            "",
            "Examples:",
            "  ./millrace reindex products.jsonl.gz --encoder http://127.0.0.1:8080 --output products.bulk --form opensearch \\",
            "      --space products-2026-12",
            "  psql -c \"copy item (id, vector) from stdin\" < products.copy",
            "",
            "A token that the encoder wants is read from MILLRACE_HTTP_TOKEN."
        })
public final class ReindexCommand implements Callable<Integer> {
    private static final int BATCH = 256;
    private static final long TOLD_EVERY = 10_000;

    @Parameters(paramLabel = "CORPUS", description = "JSON lines with id and text, plain or .gz")
    private Path corpus;

    @Option(names = "--encoder", required = true, paramLabel = "URL", description = "an encoder")
    private URI url;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "what the index is loaded from")
    private Path output;

    @Option(
            names = "--form",
            paramLabel = "FORM",
            defaultValue = "JSONL",
            description = "jsonl, opensearch or pgvector (default: jsonl)")
    private VectorForm form;

    @Option(
            names = "--version-name",
            paramLabel = "VERSION",
            description = "a version (default: the one that is served, or that the output was begun with)")
    private Optional<String> version;

    @Option(names = "--space", paramLabel = "NAME", description = "of the index, new to the bucket")
    private Optional<String> space;

    @Option(
            names = "--anchors",
            paramLabel = "N",
            defaultValue = "2000",
            description = "texts that are kept of it (default: ${DEFAULT-VALUE})")
    private int anchors;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final ConnectionOptions connection;

    /** Of the installation that the options name. */
    public ReindexCommand(ConnectionOptions connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() throws InterruptedException {
        EncoderClient client = new EncoderClient(connection
                .token()
                .map(token -> ClientSettings.at(url).withToken(token))
                .orElseGet(() -> ClientSettings.at(url)));
        String asked =
                version.or(() -> Written.read(output).map(Written::version)).orElse(EncoderClient.STABLE);
        PinnedEncoder encoder = new PinnedEncoder(
                client, asked.equals(EncoderClient.STABLE) ? PinnedEncoder.versionOf(client, asked) : asked, BATCH);
        AnchorSample sample = new AnchorSample(anchors);
        Written written = write(encoder, sample);
        Optional<Space> kept = space.isPresent() ? Optional.of(keep(space.get(), encoder, sample)) : Optional.empty();
        json.print(
                () -> Json.object()
                        .put("version", written.version())
                        .put("texts", written.texts())
                        .put("bytes", written.bytes())
                        .put("space", kept.map(Space::name).orElse(""))
                        .put("anchors", kept.map(made -> made.texts().size()).orElse(0)),
                out -> {
                    out.println(written.texts() + " texts by " + written.version() + " in " + output);
                    kept.ifPresent(made -> out.println("space " + made.name() + ": "
                            + made.texts().size() + " of them are kept; encoders see it within"
                            + " millrace.encoder.spaces.refresh-interval"));
                });
        return CommandLine.ExitCode.OK;
    }

    private Written write(PinnedEncoder encoder, AnchorSample sample) throws InterruptedException {
        Reindex reindex = new Reindex(output, Reindex.begin(output, encoder.version(), form), encoder, sample);
        try (Corpus texts = Corpus.open(corpus)) {
            return reindex.run(texts, done -> {
                if (!json.wanted() && done % TOLD_EVERY < BATCH) {
                    json.out().println(done + " texts");
                }
            });
        }
    }

    private Space keep(String name, PinnedEncoder encoder, AnchorSample sample) throws InterruptedException {
        List<String> texts = sample.texts();
        Space made = new Space(
                name,
                encoder.version(),
                connection.clock().instant().truncatedTo(ChronoUnit.MILLIS),
                texts,
                encoder.vectors(texts));
        new Spaces(connection.existingBucket()).write(made);
        return made;
    }
}
