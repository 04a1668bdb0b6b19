package dev.millrace.encoder.versions.follow;

import dev.millrace.encoder.EncoderMetrics;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.CheckpointEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/**
 * Wakes the follower when the channel is announced to have moved. Announcements only save the wait for the next poll of the
 * bucket, so there is no group, no commit, and whatever was announced before the start is skipped.
 */
public final class CheckpointListener {
    private static final Logger LOG = Logger.getLogger(CheckpointListener.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long PAUSE_MILLIS = 1_000;

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final String topic;
    private final String channel;
    private final Runnable wake;
    private final EncoderMetrics metrics;
    private final Thread thread = new Thread(this::live, "checkpoints-listener");
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean silent;

    public CheckpointListener(
            Supplier<Consumer<String, byte[]>> consumers,
            String topic,
            String channel,
            Runnable wake,
            EncoderMetrics metrics) {
        this.consumers = consumers;
        this.topic = topic;
        this.channel = channel;
        this.wake = wake;
        this.metrics = metrics;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Within one poll; not by interrupting, which the consumer would log as an error while it says goodbye to the broker. */
    public void stop() throws InterruptedException {
        stopped.countDown();
        thread.join(POLL.toMillis() * 5);
    }

    private boolean closing() {
        return stopped.getCount() == 0;
    }

    private void live() {
        while (!closing()) {
            try (Consumer<String, byte[]> consumer = consumers.get()) {
                listen(consumer);
            } catch (KafkaException failure) {
                pauseAfter(failure);
            }
        }
    }

    private void listen(Consumer<String, byte[]> consumer) {
        final List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("topic " + topic + " has no partitions");
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        heard();
        while (!closing()) {
            hear(consumer.poll(POLL));
        }
    }

    private void hear(ConsumerRecords<String, byte[]> announcements) {
        final List<String> faults = new ArrayList<>();
        boolean moved = false;
        for (ConsumerRecord<String, byte[]> announcement : announcements) {
            final Decoded<CheckpointEvent> decoded = read(announcement);
            if (decoded instanceof Decoded.Valid<CheckpointEvent> valid) {
                moved |= valid.event().channel().equals(channel);
            } else if (decoded instanceof Decoded.Invalid<CheckpointEvent> invalid) {
                faults.add(announcement.offset() + ": " + (invalid.field() + " " + invalid.reason()).strip());
            }
        }
        if (moved) {
            wake.run();
        }
        ignore(faults);
    }

    private static Decoded<CheckpointEvent> read(ConsumerRecord<String, byte[]> announcement) {
        final byte[] value = Optional.ofNullable(announcement.value()).orElseGet(() -> new byte[0]);
        return EventJson.timely(EventJson.readCheckpointEvent(value), Instant.ofEpochMilli(announcement.timestamp()));
    }

    /** Told in one line however many there are, since a flood of them would else flood the log. */
    private void ignore(List<String> faults) {
        if (!faults.isEmpty()) {
            metrics.ignored(faults.size());
            LOG.warnf("%d records on %s are no announcements, first offset %s", faults.size(), topic, faults.get(0));
        }
    }

    /** Something may have been announced between the last poll and now. */
    private void heard() {
        if (silent) {
            silent = false;
            LOG.infof("Announcements on %s are heard", topic);
        }
        wake.run();
    }

    private void pauseAfter(KafkaException failure) {
        if (closing()) {
            return;
        }
        if (!silent) {
            silent = true;
            LOG.warnf("Announcements on %s cannot be heard, the bucket is only polled: %s", topic, failure);
        }
        try {
            stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
