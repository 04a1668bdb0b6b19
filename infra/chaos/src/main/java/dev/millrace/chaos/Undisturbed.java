package dev.millrace.chaos;

import dev.millrace.devstack.DevStack;
import dev.millrace.devstack.Versions;
import dev.millrace.devstack.process.Await;
import dev.millrace.devstack.process.Screen;

/** Lets a trainer of its own group learn the whole topic into a lineage of its own. */
final class Undisturbed {
    private final DevStack stack;
    private final Screen screen;
    private final Await await;

    Undisturbed(Settings settings, DevStack stack, Screen screen) {
        this.stack = stack;
        this.screen = screen;
        this.await = new Await(Screen.silent(), settings.limit());
    }

    /** Returns when so many records are in the lineage. */
    void follow(Versions lineage, long records) throws InterruptedException {
        stack.startAgain(Laboratory.REFERENCE);
        try (HeadWatch head = new HeadWatch(lineage.store());
                Ticker ticker = new Ticker(
                        screen,
                        () -> "undisturbed: " + head.learned() + " of " + records + " learned, " + head.head())) {
            await.until(() -> ticker.line(), () -> head.learned() >= records);
        }
        stack.stop(Laboratory.REFERENCE);
    }
}
