package dev.millrace.encoder.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millrace.encoder.config.EncoderConfig;
import dev.millrace.encoder.http.dialect.Wording;
import dev.millrace.encoder.http.dialect.tei.TeiWording;
import dev.millrace.encoder.request.Failure;
import dev.millrace.encoder.request.RequestFailedException;
import dev.millrace.encoder.serving.LiveModel;
import dev.millrace.encoder.versions.catalog.ServedVersion;
import dev.millrace.service.http.Problem;
import dev.millrace.service.http.ProblemMappers;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What Text Embeddings Inference says of itself: whether it answers, and with what. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class TeiResource {
    private static final int UNAVAILABLE = 503;
    private static final Map<String, String> DTYPES = Map.of("fp32", "float32", "bf16", "bfloat16", "int8", "int8");

    private final ServedVersion served;
    private final EncoderConfig config;
    private final Bounds bounds;
    private final String version;

    /** {@code connections} and {@code workers} bound how many requests are answered, and tokenized, at a time. */
    @Inject
    public TeiResource(
            ServedVersion served,
            EncoderConfig config,
            @ConfigProperty(name = "quarkus.http.limits.max-connections") int connections,
            @ConfigProperty(name = "quarkus.thread-pool.max-threads") int workers,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.served = served;
        this.config = config;
        this.bounds = new Bounds(connections, workers);
        this.version = version;
    }

    private record Bounds(int connections, int workers) {}

    @GET
    public Response root() {
        return health();
    }

    @GET
    @Path("ping")
    public Response ping() {
        return health();
    }

    /** For probes, of which there are many: not counted among requests. */
    @GET
    @Path("health")
    public Response health() {
        return served.info().isPresent()
                ? Response.ok().build()
                : ProblemMappers.response(TeiWording.WORDS.worded(new Wording.Refusal(
                        Failure.NOT_READY, Problem.of(UNAVAILABLE, "Not ready", "unhealthy"), Optional.empty())));
    }

    @GET
    @Path("info")
    public Info info() {
        try (LiveModel.Lease lease = served.lease()
                .orElseThrow(() -> RequestFailedException.of(Failure.NOT_READY, "no version is served yet"))) {
            final ModelType type =
                    new ModelType(new Embedding(lease.description().pooling()));
            return new Info(
                    config.channel(),
                    lease.info().version(),
                    DTYPES.get(lease.computation().precision()),
                    config.channel(),
                    type,
                    bounds.connections(),
                    lease.description().maxTokens(),
                    config.batchTokens(),
                    config.maxBatch(),
                    true,
                    bounds.workers(),
                    version);
        }
    }

    /** A channel stands for a model's name, the version for its revision. */
    public record Info(
            @JsonProperty("model_id") String modelId,
            @JsonProperty("model_sha") String modelSha,
            @JsonProperty("model_dtype") String modelDtype,
            @JsonProperty("served_model_name") String servedModelName,
            @JsonProperty("model_type") ModelType modelType,
            @JsonProperty("max_concurrent_requests") int maxConcurrentRequests,
            @JsonProperty("max_input_length") int maxInputLength,
            @JsonProperty("max_batch_tokens") int maxBatchTokens,
            @JsonProperty("max_client_batch_size") int maxClientBatchSize,
            @JsonProperty("auto_truncate") boolean autoTruncate,
            @JsonProperty("tokenization_workers") int tokenizationWorkers,
            String version) {}

    /** An embedding model, not one that classifies. */
    public record ModelType(Embedding embedding) {}

    /** How its tokens become a vector. */
    public record Embedding(String pooling) {}
}
