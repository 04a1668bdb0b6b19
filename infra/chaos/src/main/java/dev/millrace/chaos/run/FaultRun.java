package dev.millrace.chaos.run;

import dev.millrace.chaos.load.EncoderLoad;
import dev.millrace.chaos.load.EventLoad;
import dev.millrace.chaos.load.Promises;
import dev.millrace.chaos.plan.Fault;
import dev.millrace.chaos.plan.FaultPlan;
import dev.millrace.chaos.plan.Settings;
import dev.millrace.chaos.watch.HeadWatch;
import dev.millrace.chaos.watch.Ticker;
import dev.millrace.devstack.DevStack;
import dev.millrace.devstack.clients.EncoderProbe;
import dev.millrace.devstack.clients.PairsTopic;
import dev.millrace.devstack.clients.Versions;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.process.Await;
import dev.millrace.devstack.process.Screen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A stream and a caller while one fault after the other falls; ends when all that was accepted is learned and served. */
public final class FaultRun {
    private static final String ENCODER = Service.ENCODER.folder();
    /** Far longer than attribution waits for clicks, and than a broker needs to give up an orphaned transaction. */
    private static final Duration ATTRIBUTION_IS_DONE = Duration.ofMinutes(2);

    private final DevStack stack;
    private final Versions versions;
    private final Screen screen;
    private final Settings settings;
    private final Await await;
    private final Promises promises = new Promises();
    private final AtomicInteger injected = new AtomicInteger();

    public FaultRun(Settings settings, DevStack stack, Versions versions, Screen screen) {
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
    public record Observed(Promises promises, EncoderLoad.Answers answers, Set<String> served) {}

    public Observed run(FaultPlan plan) throws InterruptedException {
        settings.targets().rivalNames().forEach(stack::startAgain);
        try (HeadWatch head = new HeadWatch(versions.store());
                EncoderLoad load = new EncoderLoad(stack.endpoints().encoder(), screen);
                EventLoad stream = new EventLoad(stack.endpoints(), settings.seed(), promises, head::learned, await);
                Ticker ticker = new Ticker(screen, () -> line(plan, head, load))) {
            for (FaultPlan.Step step : plan.steps()) {
                await.until(ticker::line, () -> stream.hasAccepted(step.after()));
                Thread.sleep(step.pause().toMillis());
                inject(step.fault(), load);
            }
            stream.end();
            settle(stream, head, ticker);
            return new Observed(promises, load.answers(), load.served());
        }
    }

    private void inject(Fault fault, EncoderLoad load) throws InterruptedException {
        screen.line("fault " + injected.incrementAndGet() + ": " + fault);
        if (fault.victim().equals(ENCODER)) {
            load.excusing(() -> {
                fault.inject(stack);
                stack.awaitReady(ENCODER);
            });
        } else {
            fault.inject(stack);
        }
    }

    private void settle(EventLoad stream, HeadWatch head, Ticker ticker) {
        screen.line("faults are over: whatever was accepted is to be learned and served");
        stack.awaitReady();
        // Whether it is, the verdict tells.
        new Await(Screen.silent(), ATTRIBUTION_IS_DONE)
                .within(ticker::line, () -> Set.copyOf(PairsTopic.ids(kafka())).containsAll(promises.owedIds()));
        await.until(
                ticker::line,
                () -> filled(stream)
                        && head.learned() == PairsTopic.places(kafka()).size());
        EncoderProbe probe = new EncoderProbe(stack.endpoints().encoder());
        await.until(ticker::line, () -> probe.servedVersion().equals(Optional.of(versions.stable())));
    }

    /**
     * Windows are closed by their number of pairs, where bytes are compared: new ones complete the last, and what is no pair
     * before them goes with it.
     */
    private boolean filled(EventLoad stream) {
        if (!settings.targets().repeatable()) {
            return true;
        }
        List<PairsTopic.Place> places = PairsTopic.places(kafka());
        long pairs = places.stream().filter(place -> place.id().isPresent()).count();
        boolean endsWithAPair = places.get(places.size() - 1).id().isPresent();
        boolean whole = pairs % Settings.WINDOW == 0 && endsWithAPair;
        if (!whole) {
            stream.fill((int) (Settings.WINDOW - pairs % Settings.WINDOW));
        }
        return whole;
    }

    private String line(FaultPlan plan, HeadWatch head, EncoderLoad load) {
        return "%d of %d faults, %d accepted, %d learned, head %s, %d asked, %d failed"
                .formatted(
                        injected.get(),
                        plan.steps().size(),
                        promises.acceptedIds().size(),
                        head.learned(),
                        head.head(),
                        load.asked(),
                        load.failed());
    }

    private String kafka() {
        return stack.endpoints().kafka();
    }
}
