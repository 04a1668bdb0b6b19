package dev.millrace.attribution.join.topology;

import dev.millrace.attribution.clicks.ClickAttribution;
import dev.millrace.attribution.join.Join;
import dev.millrace.attribution.join.JoinClock;
import dev.millrace.attribution.join.JoinMeters;
import dev.millrace.attribution.join.JoinSettings;
import dev.millrace.attribution.join.JoinTopics;
import dev.millrace.attribution.join.store.HeldBytes;
import dev.millrace.attribution.join.store.WaitingStores;
import dev.millrace.attribution.join.topology.Decoder.Arrival;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Event;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Limits;
import dev.millrace.events.record.Pair;
import dev.millrace.events.topic.TopicLimits;
import dev.millrace.events.topic.TopicSpec;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;

/** Drives one partition's join by its records, and by the wall clock while they are silent. */
final class JoinProcessor implements Processor<String, Arrival, String, byte[]> {
    private static final Logger LOG = Logger.getLogger(JoinProcessor.class);

    private final JoinSettings settings;
    private final ClickAttribution attribution;
    private final JoinMeters meters;
    private final JoinTopics topics;
    private final HeldBytes held;
    private Optional<Task> task = Optional.empty();

    JoinProcessor(
            JoinSettings settings, ClickAttribution attribution, JoinMeters meters, JoinTopics topics, HeldBytes held) {
        this.settings = settings;
        this.attribution = attribution;
        this.meters = meters;
        this.topics = topics;
        this.held = held;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        final Task started = new Task(context);
        context.schedule(settings.tick(), PunctuationType.WALL_CLOCK_TIME, started::tick);
        task = Optional.of(started);
    }

    @Override
    public void process(Record<String, Arrival> record) {
        task.orElseThrow().process(record);
    }

    @Override
    public void close() {
        task.ifPresent(Task::leave);
    }

    private final class Task {
        private final ProcessorContext<String, byte[]> context;
        private final WaitingStores stores;
        private final JoinClock clock;
        private final Join join;
        private boolean settled;
        private boolean closesEarly;
        private long closedEarly;
        private long reported;

        Task(ProcessorContext<String, byte[]> context) {
            this.context = context;
            this.stores = new WaitingStores(context, held);
            this.clock = new JoinClock(settings.tick(), settings.quietAfter(), context.currentStreamTimeMs());
            this.join = new Join(settings, attribution, meters, stores, this::emit);
        }

        /** What an arrival brings to its end goes before the arrival, so nothing depends on when a tick happens. */
        void process(Record<String, Arrival> record) {
            settle();
            final long at = record.timestamp();
            if (record.value() instanceof Arrival.Shown shown) {
                clock.sawImpressionAt(at);
                closeDue();
                join.show(shown.impression(), at);
            } else if (record.value() instanceof Arrival.Clicked clicked) {
                clock.sawClickAt(at);
                closeDue();
                join.click(clicked.click(), at);
            }
        }

        void tick(long wallTime) {
            settle();
            clock.tick(wallTime);
            closeDue();
            report(stores.size());
            tellOfEarlyEnds();
        }

        /** Before anything here comes to its end: what was kept when the topics had fewer partitions may belong elsewhere. */
        private void settle() {
            if (!settled) {
                settled = true;
                final int here = context.taskId().partition();
                join.handOver(id -> topics.partitionOf(id) != here, this::move);
            }
        }

        /** As if it had arrived now, since its wait begins anew. */
        private void move(Event event) {
            meters.moved();
            final long now = context.currentSystemTimeMs();
            if (event instanceof Impression shown) {
                final int largest = Math.min(
                        Limits.VALUE_BYTES, topics.largestValue(topics.names().impressions(), shown.id()));
                Fitting.impression(shown, largest)
                        .ifPresentOrElse(
                                value -> context.forward(
                                        new Record<>(shown.id(), value, now), JoinTopology.IMPRESSIONS_AGAIN),
                                () -> tooLarge(topics.names().impressions(), shown.id()));
            } else if (event instanceof Click clicked) {
                context.forward(
                        new Record<>(clicked.impressionId(), EventJson.write(clicked), now), JoinTopology.CLICKS_AGAIN);
            }
        }

        private void tellOfEarlyEnds() {
            final boolean some = join.closedEarly() > closedEarly;
            if (some && !closesEarly) {
                LOG.warnf(
                        "%s holds all that it may (max-open, max-open-bytes): the earliest close before their time",
                        context.taskId());
            }
            closesEarly = some;
            closedEarly = join.closedEarly();
        }

        private void closeDue() {
            join.closeDue(clock.impressionsRead(), clock.clicksRead());
        }

        void leave() {
            report(0);
            stores.leave();
        }

        /** The record's time is the time of joining: a click's own time is its producer's word, and may be absurd. */
        private void emit(Pair pair) {
            Fitting.pair(pair, topics.largestValue(topics.names().pairs(), pair.id()))
                    .ifPresentOrElse(
                            value -> context.forward(new Record<>(pair.id(), value, clock.now()), JoinTopology.PAIRS),
                            () -> tooLarge(topics.names().pairs(), pair.id()));
        }

        private void tooLarge(TopicSpec topic, String id) {
            meters.tooLarge();
            LOG.warnf("topic %s does not take %s (%s)", topic.name(), id, TopicLimits.SETTING);
        }

        private void report(long waiting) {
            meters.waiting(waiting - reported);
            reported = waiting;
        }
    }
}
