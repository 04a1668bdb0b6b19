package dev.millrace.ingestion.kafka;

import dev.millrace.events.topic.TopicLimits;
import dev.millrace.events.topic.TopicSpec;
import dev.millrace.events.topic.Topics;
import dev.millrace.service.kafka.BrokerProbe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The topics that are written to, and what the broker last said of them. */
public final class KnownTopics {
    private static final Logger LOG = Logger.getLogger(KnownTopics.class);

    private final BrokerProbe probe;
    private final List<TopicSpec> topics;
    private volatile TopicLimits limits = TopicLimits.UNKNOWN;

    public KnownTopics(BrokerProbe probe, Topics topics) {
        this.probe = probe;
        this.topics = written(topics);
    }

    /** The topics that this service writes to. */
    public static List<TopicSpec> written(Topics topics) {
        return List.of(topics.pairs(), topics.impressions(), topics.clicks());
    }

    /** How large records they take; a change is logged. */
    public TopicLimits limits() {
        final Map<String, Integer> newest = probe.maxMessageBytes();
        if (!newest.equals(limits.maxMessageBytes())) {
            limits = new TopicLimits(newest);
            limits.tooSmall(topics).ifPresent(words -> LOG.warnf("%s: larger events are refused", words));
        }
        return limits;
    }

    /** Which topics take less than an event may have, for a person; empty when none does. */
    public Optional<String> tooSmall() {
        return limits().tooSmall(topics);
    }
}
