package dev.millrace.ingestion.http;

import dev.millrace.events.topic.Topics;
import dev.millrace.ingestion.intake.EventType;
import dev.millrace.ingestion.intake.Intake;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** The three doors. Neither gathering a body nor waiting for the broker holds a thread. */
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
    public CompletionStage<Response> pairs(byte[] body) {
        return take(EventType.pairs(topics.pairs()), body);
    }

    @POST
    @Path("/impressions")
    public CompletionStage<Response> impressions(byte[] body) {
        return take(EventType.impressions(topics.impressions()), body);
    }

    @POST
    @Path("/clicks")
    public CompletionStage<Response> clicks(byte[] body) {
        return take(EventType.clicks(topics.clicks()), body);
    }

    private CompletionStage<Response> take(EventType<?> type, byte[] body) {
        return intake.take(type, body).thenApply(answers::receipt);
    }
}
