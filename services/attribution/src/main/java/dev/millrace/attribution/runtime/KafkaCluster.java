package dev.millrace.attribution.runtime;

import dev.millrace.attribution.join.JoinTopics;
import dev.millrace.attribution.join.topology.JoinTopology;
import dev.millrace.events.topic.TopicLimits;
import dev.millrace.events.topic.Topics;
import dev.millrace.service.kafka.RecordLimits;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.jboss.logging.Logger;

/** The service's only clients of Kafka. */
public final class KafkaCluster implements Cluster {
    private static final Logger LOG = Logger.getLogger(KafkaCluster.class);
    private static final Duration CLOSING = Duration.ofSeconds(20);

    private final StreamsSettings settings;
    private final JoinTopics topics;
    private final JoinTopology join;
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final TopicCheck check;
    private volatile TopicLimits limits = TopicLimits.UNKNOWN;
    private Map<String, Integer> partitions = Map.of();
    private Optional<Integer> startedWith = Optional.empty();

    public KafkaCluster(
            StreamsSettings settings,
            JoinTopics topics,
            JoinTopology join,
            MeterRegistry registry,
            InstantSource clock) {
        this.settings = settings;
        this.topics = topics;
        this.join = join;
        this.registry = registry;
        this.clock = clock;
        this.check = new TopicCheck(topics.names(), settings.changelogs());
    }

    @Override
    public Optional<String> obstacle() {
        try (Admin admin = Admin.create(settings.admin())) {
            partitions = partitions(admin);
            learn(RecordLimits.of(admin, partitions.keySet()));
            return check.obstacle(partitions);
        } catch (ExecutionException | KafkaException e) {
            return Optional.of("Kafka does not answer: " + rootOf(e).getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    @Override
    public boolean isOutgrown() {
        final Topics names = topics.names();
        return startedWith
                .filter(count -> Stream.of(names.impressions(), names.clicks())
                        .anyMatch(topic -> !count.equals(partitions.getOrDefault(topic.name(), count))))
                .isPresent();
    }

    /** Which topics take less than this service may send them, for a person; empty when none does. */
    Optional<String> tooSmall() {
        return limits.tooSmall(topics.names().all());
    }

    private void learn(Map<String, Integer> maxMessageBytes) {
        final TopicLimits newest = new TopicLimits(maxMessageBytes);
        if (!newest.equals(limits)) {
            limits = newest;
            topics.learn(newest);
            tooSmall().ifPresent(words -> LOG.warnf("%s: what is larger is cut", words));
        }
    }

    private Map<String, Integer> partitions(Admin admin) throws ExecutionException, InterruptedException {
        final Map<String, Integer> found = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                admin.describeTopics(check.asked()).topicNameValues().entrySet()) {
            partitions(topic.getValue()).ifPresent(count -> found.put(topic.getKey(), count));
        }
        return found;
    }

    /** The changelogs follow the topics, which Kafka Streams would not let them: it only finds that they do not match. */
    private void growChangelogs(int count) {
        final Map<String, NewPartitions> growth = check.outgrown(partitions).stream()
                .collect(Collectors.toMap(name -> name, name -> NewPartitions.increaseTo(count)));
        if (growth.isEmpty()) {
            return;
        }
        try (Admin admin = Admin.create(settings.admin())) {
            admin.createPartitions(growth).all().get();
            LOG.infof("%s have %d partitions now, as the topics have", growth.keySet(), count);
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "%s need %d partitions, as the topics have, and could not be given them"
                            .formatted(growth.keySet(), count),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    @Override
    public RunningJoin start() {
        final int count = check.joined(partitions).orElseThrow();
        growChangelogs(count);
        topics.startWith(count);
        startedWith = Optional.of(count);
        final KafkaStreams streams =
                new KafkaStreams(join.topology(), settings.streams(topics.names(), join.requiredSettings()));
        final Runnable replaced = registry.counter("millrace.attribution.thread.replacements")::increment;
        streams.setUncaughtExceptionHandler(new ThreadReplacement(clock, replaced));
        final KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(registry);
        final RunningJoin started = new StartedStreams(streams, metrics, settings.isStaticMember());
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

    private record StartedStreams(KafkaStreams streams, KafkaStreamsMetrics metrics, boolean staticMember)
            implements RunningJoin {
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
            close(GroupMembershipOperation.LEAVE_GROUP);
        }

        @Override
        public void stop() {
            close(staticMember ? GroupMembershipOperation.REMAIN_IN_GROUP : GroupMembershipOperation.LEAVE_GROUP);
        }

        private void close(GroupMembershipOperation membership) {
            metrics.close();
            streams.close(CloseOptions.groupMembershipOperation(membership).withTimeout(CLOSING));
        }
    }
}
