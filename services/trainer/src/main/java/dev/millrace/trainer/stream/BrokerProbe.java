package dev.millrace.trainer.stream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Asks the broker for the topic every few seconds: a consumer just waits, without a word, while its broker is away. A client of
 * its own each time, so that a broker that changed its name or its address is found again.
 */
public final class BrokerProbe implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(BrokerProbe.class);

    private final Supplier<Admin> clients;
    private final String topic;
    private final Duration interval;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile String trouble = "not asked yet";

    /** Begins to ask with {@link #start}. */
    public BrokerProbe(Supplier<Admin> clients, String topic, Duration interval) {
        this.clients = clients;
        this.topic = topic;
        this.interval = interval;
    }

    /** Asks from now on, on a thread of its own. */
    public void start() {
        Thread thread = new Thread(this::watch, "broker-probe");
        thread.setDaemon(true);
        thread.start();
    }

    /** Why nothing can be read at present; empty when it can. */
    public Optional<String> trouble() {
        return Optional.of(trouble).filter(words -> !words.isEmpty());
    }

    /** Ends the asking; may be called before it began. */
    @Override
    public void close() {
        closed.countDown();
    }

    private void watch() {
        try {
            do {
                become(ask());
            } while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String ask() throws InterruptedException {
        try (Admin admin = clients.get()) {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
            return "";
        } catch (ExecutionException | KafkaException e) {
            return e.toString();
        }
    }

    private void become(String next) {
        if (!next.equals(trouble)) {
            LOG.infof("broker: %s", next.isEmpty() ? "reachable" : next);
            trouble = next;
        }
    }
}
