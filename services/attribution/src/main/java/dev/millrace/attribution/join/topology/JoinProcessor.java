package dev.millrace.attribution.join.topology;

import dev.millrace.attribution.clicks.ClickAttribution;
import dev.millrace.attribution.join.Join;
import dev.millrace.attribution.join.JoinClock;
import dev.millrace.attribution.join.JoinMeters;
import dev.millrace.attribution.join.JoinSettings;
import dev.millrace.attribution.join.store.WaitingStores;
import dev.millrace.attribution.join.topology.Decoder.Arrival;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Pair;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Drives one partition's join by its records, and by the wall clock while they are silent. */
final class JoinProcessor implements Processor<String, Arrival, String, byte[]> {
    private final JoinSettings settings;
    private final ClickAttribution attribution;
    private final JoinMeters meters;
    private Optional<Task> task = Optional.empty();

    JoinProcessor(JoinSettings settings, ClickAttribution attribution, JoinMeters meters) {
        this.settings = settings;
        this.attribution = attribution;
        this.meters = meters;
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
        private long reported;

        Task(ProcessorContext<String, byte[]> context) {
            this.context = context;
            this.stores = new WaitingStores(context);
            this.clock = new JoinClock(settings.tick(), settings.quietAfter(), context.currentStreamTimeMs());
            this.join = new Join(settings, attribution, meters, stores, this::emit);
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
            clock.tick(wallTime);
            closeDue();
            report(stores.size());
        }

        private void closeDue() {
            join.closeDue(clock.impressionsRead(), clock.clicksRead());
        }

        void leave() {
            report(0);
        }

        /** The record's time is the time of joining: a click's own time is its producer's word, and may be absurd. */
        private void emit(Pair pair) {
            context.forward(new Record<>(pair.id(), EventJson.write(pair), clock.now()), JoinTopology.PAIRS);
        }

        private void report(long waiting) {
            meters.waiting(waiting - reported);
            reported = waiting;
        }
    }
}
