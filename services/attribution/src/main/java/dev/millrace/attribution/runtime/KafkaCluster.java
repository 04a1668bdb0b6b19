package dev.millrace.attribution.runtime;

import dev.millrace.attribution.join.topology.JoinTopology;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;

/** The service's only clients of Kafka: the join itself, and what looks after its topics. */
public final class KafkaCluster implements Cluster {
    private static final Duration CLOSING = Duration.ofSeconds(20);

    private final StreamsSettings settings;
    private final TopicWatch topics;
    private final JoinTopology join;
    private final MeterRegistry registry;
    private final InstantSource clock;

    public KafkaCluster(
            StreamsSettings settings,
            TopicWatch topics,
            JoinTopology join,
            MeterRegistry registry,
            InstantSource clock) {
        this.settings = settings;
        this.topics = topics;
        this.join = join;
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public Optional<String> obstacle() {
        return topics.obstacle();
    }

    @Override
    public boolean isOutgrown() {
        return topics.isOutgrown();
    }

    @Override
    public RunningJoin start() {
        topics.prepareJoin();
        final KafkaStreams streams =
                new KafkaStreams(join.topology(), settings.streams(join.topics(), join.requiredSettings()));
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

    @Override
    public void close() {
        topics.close();
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
