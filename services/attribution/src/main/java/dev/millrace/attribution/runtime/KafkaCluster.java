package dev.millrace.attribution.runtime;

import dev.millrace.attribution.join.topology.JoinTopology;
import dev.millrace.events.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;

/** The service's only clients of Kafka. */
public final class KafkaCluster implements Cluster {
    private static final Duration CLOSING = Duration.ofSeconds(20);

    private final StreamsSettings settings;
    private final Topics topics;
    private final JoinTopology join;
    private final MeterRegistry registry;
    private final InstantSource clock;

    public KafkaCluster(
            StreamsSettings settings, Topics topics, JoinTopology join, MeterRegistry registry, InstantSource clock) {
        this.settings = settings;
        this.topics = topics;
        this.join = join;
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public Optional<String> obstacle() {
        final TopicCheck check = new TopicCheck(topics);
        try (Admin admin = Admin.create(settings.admin())) {
            final Map<String, Integer> partitions = new HashMap<>();
            for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                    admin.describeTopics(check.needed()).topicNameValues().entrySet()) {
                partitions(topic.getValue()).ifPresent(count -> partitions.put(topic.getKey(), count));
            }
            return check.obstacle(partitions);
        } catch (ExecutionException | KafkaException e) {
            return Optional.of("Kafka does not answer: " + rootOf(e).getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    @Override
    public RunningJoin start() {
        final KafkaStreams streams =
                new KafkaStreams(join.topology(), settings.streams(topics, join.requiredSettings()));
        final Runnable count = registry.counter("millrace.attribution.thread.replacements")::increment;
        streams.setUncaughtExceptionHandler(new ThreadReplacement(clock, count));
        final KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(registry);
        final RunningJoin started = new StartedStreams(streams, metrics);
        try {
            streams.start();
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
        return started;
    }

    private static Optional<Integer> partitions(KafkaFuture<TopicDescription> topic)
            throws ExecutionException, InterruptedException {
        try {
            return Optional.of(topic.get().partitions().size());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Throwable rootOf(Throwable thrown) {
        return thrown.getCause() == null ? thrown : rootOf(thrown.getCause());
    }

    private record StartedStreams(KafkaStreams streams, KafkaStreamsMetrics metrics) implements RunningJoin {
        @Override
        public Phase phase() {
            return switch (streams.state()) {
                case RUNNING -> Phase.RUNNING;
                case CREATED, REBALANCING -> Phase.STARTING;
                case PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR -> Phase.FAILED;
            };
        }

        /** Leaving the group at once spares the others the wait for this member's session to time out. */
        @Override
        public void close() {
            metrics.close();
            streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(CLOSING));
        }
    }
}
