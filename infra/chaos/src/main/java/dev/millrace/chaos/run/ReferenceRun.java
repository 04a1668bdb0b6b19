package dev.millrace.chaos.run;

import dev.millrace.chaos.plan.ChaosStack;
import dev.millrace.chaos.plan.Settings;
import dev.millrace.chaos.watch.HeadWatch;
import dev.millrace.chaos.watch.Ticker;
import dev.millrace.devstack.DevStack;
import dev.millrace.devstack.clients.Versions;
import dev.millrace.devstack.process.Await;
import dev.millrace.devstack.process.Screen;

/** Lets a trainer of its own group learn the whole topic into a lineage of its own. */
public final class ReferenceRun {
    private final DevStack stack;
    private final Screen screen;
    private final Await await;

    public ReferenceRun(Settings settings, DevStack stack, Screen screen) {
        this.stack = stack;
        this.screen = screen;
        this.await = new Await(Screen.silent(), settings.limit());
    }

    /** Returns when so many records are in the lineage. */
    public void follow(Versions lineage, long records) throws InterruptedException {
        stack.startAgain(ChaosStack.REFERENCE);
        try (HeadWatch head = new HeadWatch(lineage.store());
                Ticker ticker = new Ticker(
                        screen,
                        () -> "undisturbed: " + head.learned() + " of " + records + " learned, " + head.head())) {
            await.until(() -> ticker.line(), () -> head.learned() >= records);
        }
        stack.stop(ChaosStack.REFERENCE);
    }
}
