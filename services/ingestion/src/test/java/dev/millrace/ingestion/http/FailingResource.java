package dev.millrace.ingestion.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A bug in whatever part of a service a test asks for. */
@Path("/v1/failing")
public final class FailingResource {
    static final String CAUSE = "the disk is full";

    @GET
    @Path("/{part}")
    public CompletionStage<String> fail(@PathParam("part") String part) throws IOException {
        return switch (part) {
            case "resource" -> throw new IllegalStateException(CAUSE);
            case "disk" -> throw new IOException(CAUSE);
            case "later" -> CompletableFuture.failedFuture(new UncheckedIOException(new IOException(CAUSE)));
            case "library" -> throw new InternalServerErrorException(CAUSE);
            default -> CompletableFuture.completedFuture("fine");
        };
    }

    /** Fails before JAX-RS is reached. */
    @Singleton
    static final class Filter {
        void register(@Observes Filters filters) {
            filters.register(
                    request -> {
                        if (request.normalizedPath().equals("/v1/failing/filter")) {
                            throw new IllegalStateException(CAUSE);
                        }
                        request.next();
                    },
                    1);
        }
    }
}
