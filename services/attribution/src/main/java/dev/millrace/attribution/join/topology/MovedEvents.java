package dev.millrace.attribution.join.topology;

import dev.millrace.attribution.join.JoinMeters;
import dev.millrace.attribution.join.JoinTopics;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Event;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Limits;
import dev.millrace.events.topic.TopicLimits;
import dev.millrace.events.topic.TopicSpec;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;

/**
 * Puts events on their topic again that are not in the partition of their key: who chose it knew of fewer partitions,
 * or chose in a way of its own.
 */
final class MovedEvents {
    private static final Logger LOG = Logger.getLogger(MovedEvents.class);

    private final JoinTopics topics;
    private final JoinMeters meters;

    MovedEvents(JoinTopics topics, JoinMeters meters) {
        this.topics = topics;
        this.meters = meters;
    }

    boolean belongsElsewhere(String impressionId, int partition) {
        return topics.partitionOf(impressionId) != partition;
    }

    /** As if it had arrived now, since its wait begins anew; returns the bytes it takes there. */
    int move(ProcessorContext<String, ? super byte[]> context, Event event) {
        meters.moved();
        if (event instanceof Impression shown) {
            return forward(context, shown.id(), fitting(shown), JoinTopology.IMPRESSIONS_AGAIN);
        }
        if (event instanceof Click clicked) {
            return forward(
                    context, clicked.impressionId(), Optional.of(EventJson.write(clicked)), JoinTopology.CLICKS_AGAIN);
        }
        throw new IllegalArgumentException("is not joined: " + event);
    }

    private static int forward(
            ProcessorContext<String, ? super byte[]> context, String key, Optional<byte[]> value, String sink) {
        value.ifPresent(json -> context.forward(new Record<>(key, json, context.currentSystemTimeMs()), sink));
        return value.map(json -> json.length).orElse(0);
    }

    private Optional<byte[]> fitting(Impression shown) {
        final TopicSpec topic = topics.names().impressions();
        final Optional<byte[]> value =
                Fitting.impression(shown, Math.min(Limits.VALUE_BYTES, topics.largestValue(topic, shown.id())));
        if (value.isEmpty()) {
            meters.tooLarge();
            LOG.warnf("topic %s does not take %s (%s)", topic.name(), shown.id(), TopicLimits.SETTING);
        }
        return value;
    }
}
