package dev.millrace.trainer;

import dev.millrace.service.http.EarlyProblems;
import dev.millrace.service.http.Problem;
import dev.millrace.trainer.status.TrainerStatus;
import io.quarkus.vertx.http.ManagementInterface;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** {@code GET /ledger} on the management port: what was forgotten, group by group. */
@Singleton
public final class LedgerRoute {
    private static final int UNAVAILABLE = 503;
    private static final Duration SOON = Duration.ofSeconds(5);

    void register(@Observes ManagementInterface management, TrainerStatus status, EarlyProblems problems) {
        management.router().get("/ledger").handler(context -> status.ledger()
                .json()
                .ifPresentOrElse(
                        ledger -> context.response()
                                .putHeader("Content-Type", "application/json")
                                .end(ledger.toString()),
                        () -> problems.end(
                                context,
                                Problem.of(UNAVAILABLE, "Not ready", "no version is taken up yet")
                                        .passingAfter(SOON))));
    }
}
