package dev.millrace.ingestion.http;

import dev.millrace.events.json.Decoded;
import dev.millrace.events.topic.Topics;
import dev.millrace.ingestion.intake.EventType;
import dev.millrace.ingestion.intake.Intake;
import dev.millrace.service.upload.UploadAdmission;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The four doors. A body has been gathered when it comes here; waiting for the broker holds no thread. */
@Path("/v1")
@Consumes(MediaType.APPLICATION_JSON)
@NonBlocking
public class IngestionResource {
    private final Intake intake;
    private final Topics topics;
    private final Answers answers;

    @Inject
    public IngestionResource(Intake intake, Topics topics, Answers answers) {
        this.intake = intake;
        this.topics = topics;
        this.answers = answers;
    }

    @POST
    @Path("/pairs")
    public CompletionStage<Response> pairs(@Context RoutingContext request) {
        return take(EventType.pairs(topics.pairs()), request);
    }

    @POST
    @Path("/impressions")
    public CompletionStage<Response> impressions(@Context RoutingContext request) {
        return take(EventType.impressions(topics.impressions()), request);
    }

    @POST
    @Path("/clicks")
    public CompletionStage<Response> clicks(@Context RoutingContext request) {
        return take(EventType.clicks(topics.clicks()), request);
    }

    @POST
    @Path("/documents")
    public CompletionStage<Response> documents(@Context RoutingContext request) {
        return take(EventType.documents(topics.documents()), request);
    }

    @DELETE
    @Path("/documents/{id:.+}")
    @Consumes(MediaType.WILDCARD)
    public CompletionStage<Response> forget(@Context RoutingContext request) {
        Decoded<String> id = DocumentPath.id(
                request.request().path(), Optional.ofNullable(request.request().query()));
        return intake.forget(EventType.documents(topics.documents()), id).thenApply(answers::receipt);
    }

    private CompletionStage<Response> take(EventType<?> type, RoutingContext request) {
        return intake.take(type, UploadAdmission.body(request)).thenApply(answers::receipt);
    }
}
