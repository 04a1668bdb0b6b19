package dev.millrace.encoder.http;

import dev.millrace.encoder.config.EncoderConfig;
import dev.millrace.service.http.EarlyProblems;
import dev.millrace.service.http.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads the bodies of texts to encode on the event loops, before a worker has to do with them: an upload that is slow holds a
 * connection and its bytes, and nothing else. As many as there is memory for; who comes on top is told to come again.
 */
@Singleton
public final class BodyAdmission {
    /** After the limit of a single body, which is said by the server's own key. */
    private static final int BEHIND_THE_LIMIT = 900;

    private static final String TEXTS_TO_ENCODE = "/v1/embeddings";

    private final long maxBytes;
    private final ByteBudget budget;
    private final Duration deadline;
    private final EarlyProblems refusals;

    @Inject
    public BodyAdmission(
            EncoderConfig config,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody,
            EarlyProblems refusals,
            MeterRegistry registry) {
        this.maxBytes = maxBody.asLongValue();
        this.budget = new ByteBudget(config.bodiesInMemory().asLongValue());
        this.deadline = config.deadline();
        this.refusals = refusals;
        if (maxBytes > budget.mostForOne()) {
            throw new ConfigurationException("millrace.encoder.bodies-in-memory is too small: three quarters of it, "
                    + budget.mostForOne() + " bytes, must hold quarkus.http.limits.max-body-size, " + maxBytes);
        }
        registry.gauge("millrace.encoder.body.bytes", budget, ByteBudget::used);
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, BEHIND_THE_LIMIT);
    }

    /** Whoever has no token does not come here. */
    private void admit(RoutingContext context) {
        final boolean reads = HttpMethod.POST.equals(context.request().method())
                && context.normalizedPath().equals(TEXTS_TO_ENCODE);
        if (reads) {
            new BodyUpload(context, budget, maxBytes, this::refuse).begin(deadline);
        } else {
            context.next();
        }
    }

    private void refuse(RoutingContext context, BodyUpload.Refusal refusal) {
        refusals.end(
                context,
                switch (refusal) {
                    case TOO_LARGE -> Problem.tooLarge(maxBytes);
                    case NO_ROOM ->
                        Problem.of(
                                        429,
                                        "Overloaded",
                                        "too many bodies are being read (millrace.encoder.bodies-in-memory)")
                                .passingAfter(Duration.ofSeconds(1));
                    case TOO_SLOW ->
                        Problem.of(
                                408,
                                "Request timeout",
                                "the body was not there within " + deadline + " (millrace.encoder.deadline)");
                });
    }
}
