package dev.millrace.encoder.http;

import dev.millrace.encoder.EmbeddingService;
import dev.millrace.encoder.http.dialect.Dialect;
import dev.millrace.encoder.http.dialect.Dialects;
import dev.millrace.encoder.http.dialect.Question;
import dev.millrace.encoder.request.EmbeddingsAnswer;
import dev.millrace.service.upload.UploadAdmission;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Vectors, whichever API they are asked in: tokenizes on a worker, which is free again while the model computes. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class EmbeddingsResource {
    private final Dialects dialects;
    private final EmbeddingService service;

    @Inject
    public EmbeddingsResource(Dialects dialects, EmbeddingService service) {
        this.dialects = dialects;
        this.service = service;
    }

    @POST
    @Blocking
    @Path("{path: " + Dialects.PATHS + "}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> embed(@Context RoutingContext request) {
        return answer(request);
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> embedAtRoot(@Context RoutingContext request) {
        return answer(request);
    }

    @POST
    @Blocking
    @Path("{path: " + Dialects.UNTYPED_PATHS + "}")
    @Consumes(MediaType.WILDCARD)
    public CompletionStage<Response> embedUntyped(@Context RoutingContext request) {
        return answer(request);
    }

    private CompletionStage<Response> answer(RoutingContext request) {
        final Dialect dialect = dialects.at(request.normalizedPath()).orElseThrow(NotFoundException::new);
        final Question question = dialect.read(UploadAdmission.body(request));
        final CompletableFuture<EmbeddingsAnswer> answer = service.embed(question.request());
        cancelWhenClosed(request, answer);
        return answer.thenApply(done -> named(question, done));
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

    private static Response named(Question question, EmbeddingsAnswer answer) {
        return Response.ok(question.answered(answer))
                .header("X-Millrace-Version", answer.version().version())
                .header("X-Millrace-Space", answer.version().space())
                .build();
    }
}
