package dev.millrace.ingestion.kafka;

import dev.millrace.ingestion.config.IngestionConfig;
import dev.millrace.ingestion.intake.EventLog;
import dev.millrace.ingestion.intake.EventLog.Entry;
import dev.millrace.service.kafka.KafkaConfig;
import dev.millrace.service.kafka.LateClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/**
 * Owns the producer. Sending may block for metadata or memory, so one thread of its own does it; that thread's queue is
 * bounded by the intake's admission.
 */
public final class KafkaEventLog implements EventLog {
    private static final Logger LOG = Logger.getLogger(KafkaEventLog.class);

    private final LateClient<Producer<String, byte[]>> producer;
    private final Duration ackTimeout;
    private final AtomicBoolean failing = new AtomicBoolean();
    private final ExecutorService sender =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "ingestion-sender"));

    KafkaEventLog(Supplier<Producer<String, byte[]>> producer, Duration ackTimeout) {
        this.producer = new LateClient<>(producer);
        this.ackTimeout = ackTimeout;
    }

    public static KafkaEventLog connect(KafkaConfig kafka, IngestionConfig ingestion) {
        return new KafkaEventLog(
                () -> new KafkaProducer<>(
                        ClientSettings.producer(kafka, ingestion), new StringSerializer(), new ByteArraySerializer()),
                ingestion.ackTimeout());
    }

    @Override
    public CompletableFuture<Void> append(Entry entry) {
        final CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        final long deadline = System.nanoTime() + ackTimeout.toNanos();
        sender.execute(() -> send(entry, deadline, acknowledged));
        return acknowledged;
    }

    /** Entries whose callers have been answered are dropped: behind an unreachable broker the queue empties itself. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears all that the future would tell
    private void send(Entry entry, long deadline, CompletableFuture<Void> acknowledged) {
        if (System.nanoTime() - deadline > 0) {
            acknowledged.completeExceptionally(new TimeoutException("waited too long to be sent"));
            return;
        }
        final ProducerRecord<String, byte[]> message = new ProducerRecord<>(entry.topic(), entry.key(), entry.value());
        try {
            producer.get().send(message, (metadata, failure) -> settle(acknowledged, Optional.ofNullable(failure)));
        } catch (KafkaException e) {
            settle(acknowledged, Optional.of(e));
        }
    }

    private void settle(CompletableFuture<Void> acknowledged, Optional<Exception> failure) {
        failure.ifPresentOrElse(
                cause -> {
                    if (failing.compareAndSet(false, true)) {
                        LOG.warn("Records are not acknowledged, first: " + cause);
                    }
                    acknowledged.completeExceptionally(cause);
                },
                () -> {
                    if (failing.compareAndSet(true, false)) {
                        LOG.info("Records are acknowledged again");
                    }
                    acknowledged.complete(null);
                });
    }

    /** What was taken is still sent, for as long as its callers wait. */
    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(ackTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Records were still waiting to be sent at the stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.ifMade().ifPresent(made -> made.close(ackTimeout));
    }
}
