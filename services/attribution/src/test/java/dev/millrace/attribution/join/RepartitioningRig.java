package dev.millrace.attribution.join;

import dev.millrace.attribution.clicks.AttributionRules;
import dev.millrace.attribution.clicks.ClickAttribution;
import dev.millrace.attribution.join.store.HeldBytes;
import dev.millrace.attribution.join.store.WaitingStores;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Event;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import dev.millrace.events.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;

/** One partition of four, of which there are to be more. */
final class RepartitioningRig {
    static final Instant SHOWN = Instant.parse("2026-03-01T10:00:00Z");
    static final long NOW = SHOWN.toEpochMilli();
    static final Duration SETTLING = Duration.ofMinutes(1);
    private static final Duration WINDOW = Duration.ofSeconds(10);
    static final int HERE = 1;

    final JoinTopics topics = new JoinTopics(new Topics("t."));
    final List<Pair> pairs = new ArrayList<>();
    final List<Event> moved = new ArrayList<>();
    final WaitingStores stores = stores();
    final Join join = new Join(
            new JoinSettings(WINDOW, Duration.ofSeconds(1), Duration.ZERO, SETTLING, 10_000, 1L << 40),
            new ClickAttribution(new AttributionRules(50, 8, 1, 10, Duration.ZERO)),
            new JoinMeters(new SimpleMeterRegistry()),
            stores,
            pairs::add);

    Repartitioning repartitioning() {
        return new Repartitioning(stores, topics, SETTLING, HERE);
    }

    void take(Event event) {
        if (event instanceof Impression impression) {
            join.show(impression, NOW);
        } else if (event instanceof Click click) {
            join.click(click, NOW);
        }
    }

    int move(Event event) {
        moved.add(event);
        return event instanceof Impression shown ? EventJson.write(shown).length : 100;
    }

    static String name(Event event) {
        return event.getClass().getSimpleName() + " " + id(event);
    }

    static String id(Event event) {
        return event instanceof Impression impression ? impression.id() : ((Click) event).impressionId();
    }

    static Impression impression(String id, int textLength) {
        return new Impression(
                id,
                "query",
                IntStream.rangeClosed(1, 50)
                        .mapToObj(i -> new Impression.Result(
                                "d" + i, ("text " + i + " ").repeat(textLength / 7), i, OptionalDouble.empty()))
                        .toList(),
                SHOWN);
    }

    static Click click(String id) {
        return new Click(id, "d2", OptionalLong.empty(), SHOWN);
    }

    private static WaitingStores stores() {
        final MockProcessorContext<String, byte[]> context = new MockProcessorContext<>();
        WaitingStores.builders().forEach(builder -> {
            final StateStore store = builder.withLoggingDisabled().build();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
        });
        return new WaitingStores(context, new HeldBytes(1L << 40));
    }
}
