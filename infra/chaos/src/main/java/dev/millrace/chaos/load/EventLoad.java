package dev.millrace.chaos.load;

import dev.millrace.chaos.plan.ChaosStack;
import dev.millrace.chaos.plan.Settings;
import dev.millrace.chaos.watch.BackgroundLoop;
import dev.millrace.client.ingestion.EventKind;
import dev.millrace.client.ingestion.Outcome;
import dev.millrace.devstack.clients.PatientProducer;
import dev.millrace.devstack.options.Endpoints;
import dev.millrace.devstack.process.Await;
import dev.millrace.events.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Posts the stream as a patient producer, never far ahead of the trainer, so that every fault meets one at work. */
public final class EventLoad implements AutoCloseable {
    private static final int MOST_AHEAD = 4 * Settings.WINDOW;
    private static final int LARGEST_BATCH = 16;
    private static final double GARBAGE = 0.1;
    private static final double SEARCHES = 0.2;
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(50);
    /** Clocks count in milliseconds. */
    private static final Duration IN_TIME = ChaosStack.SEARCH.minusMillis(100);

    private final Random random;
    private final EventGenerator events;
    private final Promises promises;
    private final LongSupplier learned;
    private final PatientProducer producer;
    private final KafkaProducer<byte[], byte[]> intruder;
    private final BackgroundLoop thread = new BackgroundLoop("stream", this::turn);

    /**
     * Starts posting.
     *
     * @param learned how many records are in the lineage
     */
    public EventLoad(Endpoints at, long seed, Promises promises, LongSupplier learned, Await patience) {
        this.random = new Random(seed);
        this.events = new EventGenerator(random);
        this.promises = promises;
        this.learned = learned;
        this.producer = new PatientProducer(at.ingestion(), patience);
        this.intruder = new KafkaProducer<>(
                Map.of("bootstrap.servers", at.kafka()), new ByteArraySerializer(), new ByteArraySerializer());
        thread.start();
    }

    private void turn() throws InterruptedException {
        Thread.sleep(BETWEEN_BATCHES.toMillis());
        if (promises.records() - learned.getAsLong() > MOST_AHEAD) {
            return;
        }
        post(events.batch(random.nextInt(1, LARGEST_BATCH + 1)));
        if (random.nextDouble() < GARBAGE) {
            intrude(events.garbage());
        }
        if (random.nextDouble() < SEARCHES) {
            search(events.search());
        }
    }

    private void post(List<EventGenerator.Item> batch) {
        List<Outcome> outcomes = producer.post(
                EventKind.PAIRS, batch.stream().map(EventGenerator.Item::json).toList());
        for (int i = 0; i < batch.size(); i++) {
            String id = batch.get(i).id();
            if (outcomes.get(i) instanceof Outcome.Accepted) {
                promises.accepted(id);
            } else {
                promises.refused(id);
            }
        }
    }

    private void search(EventGenerator.Search search) {
        Instant begin = Instant.now();
        producer.impressions(List.of(search.impression()));
        producer.clicks(List.of(search.click()));
        // Later it is attribution's right to have given up waiting.
        if (Duration.between(begin, Instant.now()).compareTo(IN_TIME) < 0) {
            promises.owed(search.pairId());
        }
    }

    private void intrude(byte[] garbage) throws InterruptedException {
        try {
            intruder.send(new ProducerRecord<>(new Topics("").pairs().name(), garbage))
                    .get();
            promises.garbage();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RetriableException)) {
                throw new IllegalStateException("cannot put garbage on the topic", e);
            }
            // The broker was away for longer than the client tries: nobody is owed garbage.
        }
    }

    /** Whether so many different pairs are accepted; throws what has ended the stream. */
    public boolean hasAccepted(long pairs) {
        thread.check();
        return promises.acceptedIds().size() >= pairs;
    }

    /** Posts so many new pairs, after {@link #end}. */
    public void fill(int count) {
        post(java.util.stream.Stream.generate(events::pair).limit(count).toList());
    }

    /** Ends the stream after the batch under way. */
    public void end() {
        thread.end();
    }

    @Override
    public void close() {
        end();
        intruder.close(Duration.ZERO);
    }
}
