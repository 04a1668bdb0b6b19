package dev.millrace.service.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/** How large records topics take, which whoever made them decided. */
public final class RecordLimits {
    private static final Logger LOG = Logger.getLogger(RecordLimits.class);

    private RecordLimits() {}

    /**
     * The topics' {@code max.message.bytes} by name, without those that are not there or that these credentials may not ask about.
     *
     * @throws ExecutionException when the broker does not answer
     */
    public static Map<String, Integer> of(Admin admin, Collection<String> topics)
            throws ExecutionException, InterruptedException {
        final Map<String, Integer> limits = new HashMap<>();
        for (Map.Entry<ConfigResource, KafkaFuture<Config>> answer : admin.describeConfigs(topics.stream()
                        .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                        .toList())
                .values()
                .entrySet()) {
            limit(answer.getValue())
                    .ifPresent(limit -> limits.put(answer.getKey().name(), limit));
        }
        return limits;
    }

    private static Optional<Integer> limit(KafkaFuture<Config> asked) throws ExecutionException, InterruptedException {
        try {
            return Optional.ofNullable(asked.get().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
                    .map(entry -> Integer.valueOf(entry.value()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException
                    || e.getCause() instanceof UnknownTopicOrPartitionException) {
                LOG.debugf("a topic's settings are not known: %s", e.getCause());
                return Optional.empty();
            }
            throw e;
        }
    }
}
