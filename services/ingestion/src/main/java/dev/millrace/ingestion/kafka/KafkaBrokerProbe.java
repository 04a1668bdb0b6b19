package dev.millrace.ingestion.kafka;

import dev.millrace.ingestion.config.KafkaConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Asks the broker for the topics every few seconds, so that a health check costs nothing and never waits. */
public final class KafkaBrokerProbe implements BrokerProbe {
    private static final Logger LOG = Logger.getLogger(KafkaBrokerProbe.class);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final LateClient<Admin> admin;
    private final List<String> topics;
    private final Duration interval;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile BrokerState state = new BrokerState.Unreachable("not asked yet");

    KafkaBrokerProbe(Supplier<Admin> admin, List<String> topics, Duration interval) {
        this.admin = new LateClient<>(admin);
        this.topics = topics;
        this.interval = interval;
    }

    public static KafkaBrokerProbe start(KafkaConfig kafka, List<String> topics, Duration interval) {
        final KafkaBrokerProbe probe =
                new KafkaBrokerProbe(() -> Admin.create(ClientSettings.probe(kafka, ANSWER)), topics, interval);
        new Thread(probe::watch, "ingestion-probe").start();
        return probe;
    }

    @Override
    public BrokerState state() {
        return state;
    }

    /** The thread that asks also owns the client and closes it. */
    void watch() {
        try {
            do {
                become(ask());
            } while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            admin.ifMade().ifPresent(Admin::close);
        }
    }

    private BrokerState ask() throws InterruptedException {
        try {
            admin.get().describeTopics(topics).allTopicNames().get();
            return new BrokerState.Reachable();
        } catch (ExecutionException | KafkaException e) {
            return new BrokerState.Unreachable(e.toString());
        }
    }

    private void become(BrokerState next) {
        if (!next.equals(state)) {
            LOG.info("Broker: " + next);
        }
        state = next;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
