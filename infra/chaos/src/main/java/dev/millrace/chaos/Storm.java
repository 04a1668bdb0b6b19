package dev.millrace.chaos;

import dev.millrace.devstack.DevStack;
import dev.millrace.devstack.Versions;
import dev.millrace.devstack.broker.PairsTopic;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.process.Await;
import dev.millrace.devstack.process.Screen;
import dev.millrace.devstack.services.Searcher;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A stream and a caller while one blow after the other falls; ends when all that was accepted is learned and served. */
final class Storm {
    private static final String ENCODER = Service.ENCODER.folder();
    /** Far longer than attribution waits for clicks, and than a broker needs to give up an orphaned transaction. */
    private static final Duration ATTRIBUTION_IS_DONE = Duration.ofMinutes(2);

    private final DevStack stack;
    private final Versions versions;
    private final Screen screen;
    private final Settings settings;
    private final Await await;
    private final Promises promises = new Promises();
    private final AtomicInteger struck = new AtomicInteger();

    Storm(Settings settings, DevStack stack, Versions versions, Screen screen) {
        this.settings = settings;
        this.stack = stack;
        this.versions = versions;
        this.screen = screen;
        this.await = new Await(Screen.silent(), settings.limit());
    }

    /**
     * What is known after it.
     *
     * @param served every version that answered the caller
     */
    record Weathered(Promises promises, Report.Answers answers, Set<String> served) {}

    Weathered run(Plan plan) throws InterruptedException {
        settings.crew().rivalNames().forEach(stack::startAgain);
        try (HeadWatch head = new HeadWatch(versions.store());
                Asking asking = new Asking(stack.endpoints().encoder(), screen);
                Stream stream = new Stream(stack.endpoints(), settings.seed(), promises, head::learned, await);
                Ticker ticker = new Ticker(screen, () -> line(plan, head, asking))) {
            for (Plan.Step step : plan.steps()) {
                await.until(ticker::line, () -> stream.hasAccepted(step.after()));
                Thread.sleep(step.pause().toMillis());
                strike(step.blow(), asking);
            }
            stream.end();
            calm(stream, head, ticker);
            return new Weathered(promises, asking.answers(), asking.served());
        }
    }

    private void strike(Blow blow, Asking asking) throws InterruptedException {
        screen.line("blow " + struck.incrementAndGet() + ": " + blow);
        if (blow.victim().equals(ENCODER)) {
            asking.excusing(() -> {
                blow.strike(stack);
                stack.awaitReady(ENCODER);
            });
        } else {
            blow.strike(stack);
        }
    }

    private void calm(Stream stream, HeadWatch head, Ticker ticker) {
        screen.line("calm: whatever was accepted is to be learned and served");
        stack.awaitReady();
        // Whether it is, the verdict tells.
        new Await(Screen.silent(), ATTRIBUTION_IS_DONE)
                .within(ticker::line, () -> Set.copyOf(PairsTopic.ids(kafka())).containsAll(promises.owedIds()));
        await.until(
                ticker::line,
                () -> filled(stream)
                        && head.learned() == PairsTopic.places(kafka()).size());
        Searcher searcher = new Searcher(stack.endpoints().encoder());
        await.until(ticker::line, () -> searcher.servedVersion().equals(Optional.of(versions.stable())));
    }

    /** Windows are closed by their number of pairs: new ones complete the last, and what is no pair before them goes with it. */
    private boolean filled(Stream stream) {
        List<PairsTopic.Place> places = PairsTopic.places(kafka());
        long pairs = places.stream().filter(place -> place.id().isPresent()).count();
        boolean endsWithAPair = places.get(places.size() - 1).id().isPresent();
        boolean whole = pairs % Settings.WINDOW == 0 && endsWithAPair;
        if (!whole) {
            stream.fill((int) (Settings.WINDOW - pairs % Settings.WINDOW));
        }
        return whole;
    }

    private String line(Plan plan, HeadWatch head, Asking asking) {
        return "%d of %d blows, %d accepted, %d learned, head %s, %d asked, %d failed"
                .formatted(
                        struck.get(),
                        plan.steps().size(),
                        promises.acceptedIds().size(),
                        head.learned(),
                        head.head(),
                        asking.asked(),
                        asking.failed());
    }

    private String kafka() {
        return stack.endpoints().kafka();
    }
}
