package dev.millrace.bench.command;

import dev.millrace.devstack.process.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The losses of a contender as they come, told every so many steps. */
public final class Progress {
    public static final int WINDOW = 50;

    private final String who;
    private final int steps;
    private final Screen screen;
    private final List<Double> losses = new ArrayList<>();
    private long begin = System.nanoTime();

    public Progress(String who, int steps, Screen screen) {
        this.who = who;
        this.steps = steps;
        this.screen = screen;
    }

    public void loss(double loss) {
        losses.add(loss);
        if (losses.size() % WINDOW == 0) {
            List<Double> last = losses.subList(losses.size() - WINDOW, losses.size());
            double mean =
                    last.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
            long now = System.nanoTime();
            screen.line(String.format(
                    Locale.ROOT,
                    "%s: step %d of %d, loss %.4f, %.0f ms a step",
                    who,
                    losses.size(),
                    steps,
                    mean,
                    (now - begin) / 1e6 / WINDOW));
            begin = now;
        }
    }

    public List<Double> losses() {
        return losses;
    }
}
