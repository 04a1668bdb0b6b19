package dev.millrace.attribution.join.topology;

import dev.millrace.attribution.clicks.ClickAttribution;
import dev.millrace.attribution.join.Join;
import dev.millrace.attribution.join.JoinClock;
import dev.millrace.attribution.join.JoinMeters;
import dev.millrace.attribution.join.JoinSettings;
import dev.millrace.attribution.join.JoinTopics;
import dev.millrace.attribution.join.Repartitioning;
import dev.millrace.attribution.join.store.HeldBytes;
import dev.millrace.attribution.join.store.WaitingStores;
import dev.millrace.attribution.join.topology.Decoder.Arrival;
import dev.millrace.events.record.Pair;
import dev.millrace.events.topic.TopicLimits;
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
        private final Repartitioning repartitioning;
        private final MovedEvents moved = new MovedEvents(topics, meters);
        private boolean closesEarly;
        private long closedEarly;
        private long reported;

        Task(ProcessorContext<String, byte[]> context) {
            this.context = context;
            this.stores = new WaitingStores(context, held);
            this.clock = new JoinClock(settings.tick(), settings.quietAfter(), context.currentStreamTimeMs());
            this.join = new Join(settings, attribution, meters, stores, this::emit);
            this.repartitioning = new Repartitioning(
                    stores, topics, settings.settling(), context.taskId().partition());
        }

        /** What an arrival brings to its end goes before the arrival, so nothing depends on when a tick happens. */
        void process(Record<String, Arrival> record) {
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
            repartitioning.proceed(wallTime, join, event -> moved.move(context, event));
            clock.tick(wallTime);
            closeDue();
            report(stores.size());
            tellOfEarlyEnds();
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

        /**
         * A wait ends no later than the last look at the topics' partitions: what arrived since may be in one that nobody
         * reads yet.
         */
        private void closeDue() {
            if (repartitioning.isOver(context.currentSystemTimeMs())) {
                final long known = topics.partitionsKnownUntil();
                join.closeDue(Math.min(known, clock.impressionsRead()), Math.min(known, clock.clicksRead()));
            }
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
                            () -> tooLarge(pair.id()));
        }

        private void tooLarge(String id) {
            meters.tooLarge();
            LOG.warnf("topic %s does not take %s (%s)", topics.names().pairs().name(), id, TopicLimits.SETTING);
        }

        private void report(long waiting) {
            meters.waiting(waiting - reported);
            reported = waiting;
        }
    }
}
