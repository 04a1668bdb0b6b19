package dev.millrace.service.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Asks the broker for the topics every few seconds, so that a health check costs nothing and never waits: producers and consumers
 * just wait, without a word, while their broker is away. After a question without an answer it asks with another client, so that a
 * broker that changed its name or its address is found again.
 */
public final class KafkaBrokerProbe implements BrokerProbe {
    private static final Logger LOG = Logger.getLogger(KafkaBrokerProbe.class);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final LateClient<Admin> admin;
    private final List<String> topics;
    private final Duration interval;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Map<String, Integer> maxMessageBytes = Map.of();
    private volatile BrokerState state = new BrokerState.Unreachable("not asked yet");

    KafkaBrokerProbe(Supplier<Admin> admin, List<String> topics, Duration interval, InstantSource clock) {
        this.admin = new LateClient<>(admin);
        this.topics = topics;
        this.interval = interval;
        this.clock = clock;
    }

    /**
     * Begins to ask with {@link #start}.
     *
     * @param topics names that must exist
     * @param interval the pause between an answer and the next question
     * @param clock what {@link BrokerState.Unreachable#since} is told by
     * @throws KafkaException when a client setting is bad
     */
    public static KafkaBrokerProbe of(KafkaConfig kafka, List<String> topics, Duration interval, InstantSource clock) {
        return new KafkaBrokerProbe(() -> AdminClients.create(kafka, ANSWER), topics, interval, clock);
    }

    /** Asks from now on, on a thread of its own; to be called once. */
    public void start() {
        final Thread thread = new Thread(this::watch, "broker-probe");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public BrokerState state() {
        return state;
    }

    @Override
    public Map<String, Integer> maxMessageBytes() {
        return maxMessageBytes;
    }

    /** Ends the asking; may be called before it began. */
    @Override
    public void close() {
        closed.countDown();
    }

    /** The thread that asks also owns the client and closes it. */
    private void watch() {
        try {
            do {
                become(ask());
            } while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release();
        }
    }

    private BrokerState ask() throws InterruptedException {
        try {
            admin.get().describeTopics(topics).allTopicNames().get();
            maxMessageBytes = RecordLimits.of(admin.get(), topics);
            return new BrokerState.Reachable();
        } catch (ExecutionException | KafkaException e) {
            release();
            return new BrokerState.Unreachable(e.toString(), awaySince());
        }
    }

    private Optional<Instant> awaySince() {
        return state instanceof BrokerState.Unreachable away ? away.since() : Optional.of(clock.instant());
    }

    private void release() {
        admin.release().ifPresent(client -> client.close(Duration.ZERO));
    }

    private void become(BrokerState next) {
        if (!next.equals(state)) {
            LOG.infof(
                    "Kafka is %s",
                    next.trouble().map("not to be used: "::concat).orElse("reachable"));
        }
        state = next;
    }
}
