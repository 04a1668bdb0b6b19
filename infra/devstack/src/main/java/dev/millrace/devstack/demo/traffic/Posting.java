package dev.millrace.devstack.demo.traffic;

import dev.millrace.client.failure.ClientException;
import dev.millrace.devstack.demo.data.Chapter;
import dev.millrace.devstack.demo.data.Example;
import dev.millrace.devstack.demo.stack.IngestionTraffic;
import dev.millrace.events.record.Pair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Posts the stream, chapter by chapter, as fast as the trainer learns it. */
public final class Posting {
    /** Pairs of one request. */
    private static final int BATCH = 128;

    /** Between two requests with pairs; after it the pairs of the last one are seen to wait. */
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(300);

    /** One in so many examples is searched for instead of being posted as a pair. */
    public static final int SEARCHED = 10;

    /** One in so many pairs is marked, and its way timed. */
    private static final int MARKED = 40;

    private static final long LOOK_AGAIN_MILLIS = 250;

    private final IngestionTraffic ingestion;
    private final Searchers searchers;
    private final LongSupplier backlog;
    private final int window;
    private final InstantSource clock;
    private final AtomicLong pairs = new AtomicLong();
    private final List<Freshness.Mark> marks = new CopyOnWriteArrayList<>();

    /**
     * Posts a chapter after the other, as far as the trainer keeps up.
     *
     * @param backlog how many records wait to be learned
     * @param window how many of them the trainer takes at once
     */
    public Posting(
            IngestionTraffic ingestion, Searchers searchers, LongSupplier backlog, int window, InstantSource clock) {
        this.ingestion = ingestion;
        this.searchers = searchers;
        this.backlog = backlog;
        this.window = window;
        this.clock = clock;
    }

    /** Returns when everything is posted, or at {@code until}, which may move. */
    public void post(List<Chapter> chapters, Supplier<Instant> until) throws InterruptedException {
        for (Chapter chapter : chapters) {
            if (room(until) == 0) {
                return;
            }
            searchers.begin(every(chapter.examples(), true), chapter);
            List<Example> rest = every(chapter.examples(), false);
            while (!rest.isEmpty()) {
                int count = Math.min(rest.size(), Math.min(BATCH, room(until)));
                if (count == 0) {
                    return;
                }
                send(rest.subList(0, count));
                rest = rest.subList(count, rest.size());
            }
        }
        searchers.await();
    }

    private static List<Example> every(List<Example> examples, boolean searched) {
        return IntStream.range(0, examples.size())
                .filter(i -> (i % SEARCHED == SEARCHED - 1) == searched)
                .mapToObj(examples::get)
                .toList();
    }

    private void send(List<Example> batch) throws InterruptedException {
        Instant now = clock.instant();
        List<Pair> posted = batch.stream().map(example -> pair(example, now)).toList();
        try {
            ingestion.pairs(posted);
        } catch (ClientException e) {
            // Counted where it was met, and the run fails by it; the stream goes on so that its end is seen, too.
            return;
        }
        for (Pair pair : posted) {
            if (pairs.getAndIncrement() % MARKED == 0) {
                marks.add(new Freshness.Mark(pair.id(), now));
            }
        }
        TimeUnit.MILLISECONDS.sleep(BETWEEN_BATCHES.toMillis());
    }

    /** Waits until the window that comes next is not full, and tells how many pairs it still takes; 0 at {@code until}. */
    private int room(Supplier<Instant> until) throws InterruptedException {
        while (clock.instant().isBefore(until.get())) {
            long room = window - backlog.getAsLong();
            if (room > 0) {
                return (int) room;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
        return 0;
    }

    private static Pair pair(Example example, Instant now) {
        return new Pair(
                example.id(),
                example.query(),
                Optional.of(example.document()),
                example.negatives(),
                OptionalDouble.empty(),
                Pair.DEFAULT_WEIGHT,
                example.group(),
                "demo",
                now);
    }

    public long pairs() {
        return pairs.get();
    }

    public List<Freshness.Mark> marks() {
        return new ArrayList<>(marks);
    }
}
