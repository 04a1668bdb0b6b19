package dev.millrace.bench.publishing;

import dev.millrace.devstack.clients.Management;
import dev.millrace.devstack.clients.PatientProducer;
import dev.millrace.devstack.demo.data.Dataset;
import dev.millrace.devstack.demo.data.Example;
import dev.millrace.devstack.options.Endpoints;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.process.Await;
import dev.millrace.devstack.process.Screen;
import dev.millrace.events.record.Pair;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Rounds of windows through a real trainer: one posted when nothing is under way, then four at once, of which the second and the
 * third are learned while the version before is published, and published while the next is learned. Both kinds in every round,
 * since a window grows dearer with the replay behind it.
 */
final class PublishingRun {
    private static final int BATCH = 64;
    private static final int AT_ONCE = 4;
    /** All but the first, beside which nothing was under way at first, and the last, which nothing is learned beside. */
    private static final int MEASURED = AT_ONCE - 2;

    private static final int WARM_UP = 2;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Management management = new Management();
    private final URI trainer;
    private final PatientProducer producer;
    private final List<Example> examples;
    private final int window;
    private final Screen screen;
    private final Await await;
    private int posted;

    PublishingRun(Endpoints at, Dataset data, int window, Screen screen) {
        this.trainer = at.management(Service.TRAINER);
        this.examples = data.chapters().stream()
                .flatMap(chapter -> chapter.examples().stream())
                .toList();
        this.window = window;
        this.screen = screen;
        this.await = new Await(screen, LIMIT);
        this.producer = new PatientProducer(at.ingestion(), await);
    }

    /** What the trainer has told so far, all windows together. */
    private record Told(long windows, double learning, double publishing, Instant at) {}

    PublishingPrice measure(int rounds) {
        learn(WARM_UP);
        double alone = 0;
        double beside = 0;
        double steady = 0;
        double publishing = 0;
        for (int round = 1; round <= rounds; round++) {
            Told before = told();
            post(1);
            Told quiet = after(before.windows() + 1);
            post(AT_ONCE);
            Told first = after(quiet.windows() + 1);
            Told last = after(first.windows() + MEASURED);
            after(quiet.windows() + AT_ONCE);
            alone += quiet.learning() - before.learning();
            beside += last.learning() - first.learning();
            steady += Duration.between(first.at(), last.at()).toMillis() / 1e3;
            publishing += last.publishing() - first.publishing();
            screen.line("round " + round + " of " + rounds);
        }
        double measured = rounds * MEASURED;
        return new PublishingPrice(window, alone / rounds, beside / measured, steady / measured, publishing / measured);
    }

    private void learn(int windows) {
        long before = told().windows();
        post(windows);
        after(before + windows);
    }

    private Told after(long windows) {
        await.until(() -> "learning window " + windows, () -> told().windows() >= windows);
        return told();
    }

    private void post(int windows) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < windows * window; i++) {
            pairs.add(next());
        }
        for (int from = 0; from < pairs.size(); from += BATCH) {
            producer.pairs(pairs.subList(from, Math.min(pairs.size(), from + BATCH)));
        }
    }

    /** Beyond the last example the first comes again, under another id. */
    private Pair next() {
        Example example = examples.get(posted % examples.size());
        return new Pair(
                "publishing-" + posted++,
                example.query(),
                Optional.of(example.document()),
                example.negatives(),
                OptionalDouble.empty(),
                Pair.DEFAULT_WEIGHT,
                example.group(),
                "bench",
                Instant.now());
    }

    private Told told() {
        return new Told(
                (long) metric("millrace_trainer_windows_total"),
                metric("millrace_trainer_learning_seconds_sum"),
                metric("millrace_trainer_publishing_seconds_sum"),
                Instant.now());
    }

    private double metric(String name) {
        try {
            return management.metric(trainer, name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
