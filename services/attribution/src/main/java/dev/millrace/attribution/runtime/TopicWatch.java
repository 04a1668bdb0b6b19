package dev.millrace.attribution.runtime;

import dev.millrace.attribution.join.JoinTopics;
import dev.millrace.events.topic.TopicLimits;
import dev.millrace.service.kafka.RecordLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/** What the broker says of the join's topics, by a client of its own. */
public final class TopicWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopicWatch.class);

    private final StreamsSettings settings;
    private final JoinTopics topics;
    private final InstantSource clock;
    private final TopicCheck check;
    private volatile TopicLimits limits = TopicLimits.UNKNOWN;
    private Optional<Admin> admin = Optional.empty();
    private Map<String, Integer> partitions = Map.of();
    private Instant lookedAt = Instant.EPOCH;
    private Optional<Integer> startedWith = Optional.empty();

    /** {@code clock}: the one by which records have their time. */
    public TopicWatch(StreamsSettings settings, JoinTopics topics, InstantSource clock) {
        this.settings = settings;
        this.topics = topics;
        this.clock = clock;
        this.check = new TopicCheck(topics.names(), settings.changelogs());
    }

    /** Looks again, and says what stands in the join's way. */
    Optional<String> obstacle() {
        try {
            look();
            return check.obstacle(partitions);
        } catch (ExecutionException | KafkaException e) {
            close();
            return Optional.of("Kafka does not answer: " + rootOf(e).getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private void look() throws ExecutionException, InterruptedException {
        final Admin client = client();
        final Instant now = clock.instant();
        partitions = partitions(client);
        lookedAt = now;
        learn(RecordLimits.of(client, partitions.keySet()));
        if (startedWith.isPresent() && startedWith.equals(check.joined(partitions))) {
            topics.partitionsSeenAt(now);
        }
    }

    /** Whether the topics have other partitions than those that the join was started with. */
    boolean isOutgrown() {
        return startedWith.filter(count -> !check.have(count, partitions)).isPresent();
    }

    /** Which topics take less than this service may send them, for a person; empty when none does. */
    Optional<String> tooSmall() {
        return limits.tooSmall(topics.names().all());
    }

    /** Before the join is started on what the last look saw, in which nothing stood in its way. */
    void prepareJoin() {
        final int count = check.joined(partitions).orElseThrow();
        growChangelogs(count);
        topics.startWith(count, check.isNew(partitions));
        topics.partitionsSeenAt(lookedAt);
        startedWith = Optional.of(count);
    }

    /** The changelogs follow the topics, which Kafka Streams would not let them: it only finds that they do not match. */
    private void growChangelogs(int count) {
        final Map<String, NewPartitions> growth = check.outgrown(partitions).stream()
                .collect(Collectors.toMap(name -> name, name -> NewPartitions.increaseTo(count)));
        if (growth.isEmpty()) {
            return;
        }
        try {
            client().createPartitions(growth).all().get();
            LOG.infof("%s have %d partitions now, as the topics have", growth.keySet(), count);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof InvalidPartitionsException)) {
                throw new KafkaException(
                        "%s need %d partitions, as the topics have, and could not be given them"
                                .formatted(growth.keySet(), count),
                        e.getCause());
            }
            LOG.infof("another process was first: %s", e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    private void learn(Map<String, Integer> maxMessageBytes) {
        final TopicLimits newest = new TopicLimits(maxMessageBytes);
        if (!newest.equals(limits)) {
            limits = newest;
            topics.learn(newest);
            tooSmall().ifPresent(words -> LOG.warnf("%s: what is larger is cut", words));
        }
    }

    private Map<String, Integer> partitions(Admin client) throws ExecutionException, InterruptedException {
        final Map<String, Integer> found = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                client.describeTopics(check.asked()).topicNameValues().entrySet()) {
            partitions(topic.getValue()).ifPresent(count -> found.put(topic.getKey(), count));
        }
        return found;
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

    private Admin client() {
        final Admin client = admin.orElseGet(() -> Admin.create(settings.admin()));
        admin = Optional.of(client);
        return client;
    }

    private static Throwable rootOf(Throwable thrown) {
        return thrown.getCause() == null ? thrown : rootOf(thrown.getCause());
    }

    /** A later look begins with a new client, which asks for the brokers' addresses anew. */
    @Override
    public void close() {
        admin.ifPresent(client -> client.close(Duration.ZERO));
        admin = Optional.empty();
    }
}
