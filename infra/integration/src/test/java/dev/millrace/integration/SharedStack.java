package dev.millrace.integration;

import dev.millrace.devstack.DevStack;
import dev.millrace.devstack.clients.EncoderProbe;
import dev.millrace.devstack.clients.PairsTopic;
import dev.millrace.devstack.clients.PatientProducer;
import dev.millrace.devstack.clients.Versions;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.options.StackOptions;
import dev.millrace.devstack.process.Await;
import dev.millrace.devstack.process.Screen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One stack for all tests that leave one behind as they found it: running, with a whole lineage and all records learned. A start
 * takes half a minute, most tests on it take seconds. {@link StackEndTest}, the last, ends it; otherwise the JVM's end does.
 */
final class SharedStack {
    static final int SMALL_FLOOD = 200;
    static final int FLOOD = Integer.getInteger("millrace.fuzz", SMALL_FLOOD);
    static final StackOptions OPTIONS = TestStack.options("shared")
            .withSettings(
                    Service.TRAINER,
                    Map.of(
                            "millrace.trainer.window-pairs", "48",
                            "millrace.trainer.window-time", FLOOD > SMALL_FLOOD ? "PT10S" : "PT2S",
                            "millrace.kafka.properties.\"session.timeout.ms\"", "2000",
                            "millrace.kafka.properties.\"heartbeat.interval.ms\"", "500"))
            .withSettings(
                    Service.ATTRIBUTION,
                    Map.of(
                            "millrace.attribution.window", "PT2S",
                            "millrace.attribution.quiet-after", "PT1S",
                            "millrace.attribution.session-timeout", "PT2S"))
            .withSpare(TrialsTest.APART)
            .withSpare(TrialsTest.ASTRAY);

    private static Optional<SharedStack> running = Optional.empty();

    private final DevStack stack = DevStack.start(OPTIONS, Screen.stdout());
    private final Versions versions = new Versions(stack.endpoints().s3());
    private final PatientProducer producer =
            new PatientProducer(stack.endpoints().ingestion(), new Await(Screen.silent(), Duration.ofMinutes(3)));
    private final EncoderProbe probe = new EncoderProbe(stack.endpoints().encoder());

    private SharedStack() {}

    /** The running one; started when there is none. */
    static synchronized SharedStack get() {
        SharedStack shared = running.orElseGet(SharedStack::new);
        running = Optional.of(shared);
        return shared;
    }

    DevStack stack() {
        return stack;
    }

    String kafka() {
        return stack.endpoints().kafka();
    }

    Versions versions() {
        return versions;
    }

    PatientProducer producer() {
        return producer;
    }

    /** All records of the topic of pairs. */
    List<PairsTopic.Place> places() {
        return PairsTopic.places(kafka());
    }

    /** The version that answers now. */
    Optional<String> served() throws InterruptedException {
        return probe.servedVersion();
    }

    /** Whether the lineage has every record of the topic. */
    boolean allLearned() {
        return versions.records().total() == places().size();
    }

    void close() {
        synchronized (SharedStack.class) {
            running = Optional.empty();
        }
        versions.close();
        stack.close();
    }
}
