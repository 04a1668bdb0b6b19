package dev.millrace.trainer.loop;

import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.TopicIdentity;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Whether the topic is the one that the lineage's offsets belong to; offsets say nothing about another, and its first
 * records would never be learned. A lineage that does not say its topic takes the one that is there.
 */
final class TopicCheck {
    private static final Logger LOG = Logger.getLogger(TopicCheck.class);

    private final Supplier<TopicIdentity> topic;
    private String version = "";
    private Optional<TopicIdentity> known = Optional.empty();

    /** Asks {@code topic}, which may throw a KafkaException. */
    TopicCheck(Supplier<TopicIdentity> topic) {
        this.topic = topic;
    }

    /** Looks from now on whether it is the topic of this version's offsets. */
    void startFrom(Manifest manifest) {
        version = manifest.version();
        known = manifest.topic();
    }

    /**
     * The topic as it is now; empty when the broker does not say.
     *
     * @throws TopicReplacedException when it is another one
     */
    Optional<TopicIdentity> look() {
        TopicIdentity there;
        try {
            there = topic.get();
        } catch (KafkaException e) {
            LOG.debug("the topic was not looked at", e);
            return Optional.empty();
        }
        if (known.filter(topic -> !topic.isSameTopicAs(there)).isPresent()) {
            throw new TopicReplacedException(version, known.get(), there);
        }
        known = Optional.of(there);
        return known;
    }

    /** The topic was deleted and made again. */
    static final class TopicReplacedException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private TopicReplacedException(String version, TopicIdentity known, TopicIdentity there) {
            super(
                    "topic %s is another one: %s was learned from id %s, the broker has id %s; nothing is read until ./millrace adopt-topic accepts it"
                            .formatted(there.name(), version, known.id(), there.id()));
        }
    }
}
