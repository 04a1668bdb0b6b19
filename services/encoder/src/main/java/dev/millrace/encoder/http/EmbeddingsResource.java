package dev.millrace.encoder.http;

import dev.millrace.encoder.EmbeddingService;
import dev.millrace.encoder.request.EmbeddingsAnswer;
import dev.millrace.service.upload.UploadAdmission;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code POST /v1/embeddings}: tokenizes on a worker, which is free again while the model computes. */
@Path("/v1/embeddings")
public final class EmbeddingsResource {
    private final EmbeddingsRequestReader reader;
    private final EmbeddingService service;

    @Inject
    public EmbeddingsResource(EmbeddingsRequestReader reader, EmbeddingService service) {
        this.reader = reader;
        this.service = service;
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> embed(@Context RoutingContext request) {
        final CompletableFuture<EmbeddingsAnswer> answer = service.embed(reader.read(UploadAdmission.body(request)));
        cancelWhenClosed(request, answer);
        return answer.thenApply(EmbeddingsResource::named);
    }

    /** What nobody waits for is not encoded. */
    private static void cancelWhenClosed(RoutingContext request, CompletableFuture<EmbeddingsAnswer> answer) {
        final int unused = request.addEndHandler(end -> {
            if (end.failed()) {
                answer.cancel(false);
            }
        });
        if (request.response().closed()) {
            answer.cancel(false);
        }
    }

    private static Response named(EmbeddingsAnswer answer) {
        return Response.ok(answer)
                .header("X-Millrace-Version", answer.version().version())
                .header("X-Millrace-Space", answer.version().space())
                .build();
    }
}
