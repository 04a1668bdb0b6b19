package dev.millrace.ingestion.kafka;

import dev.millrace.ingestion.config.IngestionConfig;
import dev.millrace.ingestion.intake.EventLog;
import dev.millrace.ingestion.intake.EventLog.Entry;
import dev.millrace.ingestion.intake.EventLog.TooLargeException;
import dev.millrace.service.kafka.KafkaConfig;
import dev.millrace.service.kafka.LateClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
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
    private final Consumer<String> trouble;
    private final AtomicBoolean failing = new AtomicBoolean();
    private final ExecutorService sender =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "ingestion-sender"));

    /** {@code trouble} is told when records stop being acknowledged, and when they are again. */
    KafkaEventLog(Supplier<Producer<String, byte[]>> producer, Duration ackTimeout, Consumer<String> trouble) {
        this.producer = new LateClient<>(producer);
        this.ackTimeout = ackTimeout;
        this.trouble = trouble;
    }

    public static KafkaEventLog connect(KafkaConfig kafka, IngestionConfig ingestion) {
        return new KafkaEventLog(
                () -> new KafkaProducer<>(
                        ClientSettings.producer(kafka, ingestion), new StringSerializer(), new ByteArraySerializer()),
                ingestion.ackTimeout(),
                LOG::warn);
    }

    @Override
    public List<CompletableFuture<Void>> append(List<Entry> entries) {
        final List<Waiting> waiting = entries.stream()
                .map(entry -> new Waiting(entry, new CompletableFuture<>()))
                .toList();
        final long deadline = System.nanoTime() + ackTimeout.toNanos();
        try {
            sender.execute(() -> waiting.forEach(each -> send(each, deadline)));
        } catch (RejectedExecutionException e) {
            waiting.forEach(each -> each.acknowledged().completeExceptionally(e));
        }
        return waiting.stream().map(Waiting::acknowledged).toList();
    }

    /** Entries whose callers have been answered are dropped: behind an unreachable broker the queue empties itself. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears all that the future would tell
    private void send(Waiting waiting, long deadline) {
        if (System.nanoTime() - deadline > 0) {
            waiting.acknowledged().completeExceptionally(new TimeoutException("waited too long to be sent"));
            return;
        }
        final Entry entry = waiting.entry();
        final byte[] value = entry.value().length == 0 ? null : entry.value();
        final ProducerRecord<String, byte[]> message = new ProducerRecord<>(entry.topic(), entry.key(), value);
        try {
            producer.get().send(message, (metadata, failure) -> settle(waiting, Optional.ofNullable(failure)));
        } catch (RuntimeException | Error e) {
            settle(waiting, Optional.of(e));
        }
    }

    /** Whatever goes wrong while it is being told, the entry is settled: who waits for it holds a place. */
    private void settle(Waiting waiting, Optional<? extends Throwable> failure) {
        try {
            if (failure.filter(RecordTooLargeException.class::isInstance).isEmpty()) {
                tell(failure);
            }
        } finally {
            failure.ifPresentOrElse(
                    cause -> waiting.acknowledged().completeExceptionally(known(waiting.entry(), cause)),
                    () -> waiting.acknowledged().complete(null));
        }
    }

    private static Throwable known(Entry entry, Throwable cause) {
        return cause instanceof RecordTooLargeException ? new TooLargeException(entry.topic()) : cause;
    }

    private void tell(Optional<? extends Throwable> failure) {
        if (failing.compareAndSet(failure.isEmpty(), failure.isPresent())) {
            trouble.accept(failure.map(cause -> "Records are not acknowledged, first: " + cause)
                    .orElse("Records are acknowledged again"));
        }
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

    private record Waiting(Entry entry, CompletableFuture<Void> acknowledged) {}
}
