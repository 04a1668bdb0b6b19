package dev.millrace.devstack.services;

import dev.millrace.devstack.clients.Management;
import dev.millrace.devstack.clients.Management.Readiness;
import dev.millrace.devstack.process.Await;
import dev.millrace.devstack.process.StartFailedException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Asks a service that starts whether it is ready, and gives up on one that states the same failure for a while. */
public final class StartProbe implements Await.Probe {
    /** Longer than a service takes to try again what failed for a moment. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final URI service;
    private final Management management;
    private final InstantSource clock;
    private Optional<String> failure = Optional.empty();
    private Instant since;

    public StartProbe(String name, URI service, Management management, InstantSource clock) {
        this.name = name;
        this.service = service;
        this.management = management;
        this.clock = clock;
        this.since = clock.instant();
    }

    /** @throws StartFailedException with the service's own words, when nothing has come of waiting */
    @Override
    public boolean ready() throws InterruptedException {
        Readiness readiness = management.readiness(service);
        Instant now = clock.instant();
        if (!readiness.failure().equals(failure)) {
            failure = readiness.failure();
            since = now;
        }
        if (failure.isPresent() && !now.isBefore(since.plus(PATIENCE))) {
            throw new StartFailedException(name + " does not start: " + failure.get());
        }
        return readiness.ready();
    }
}
