package dev.millrace.bench.publishing;

import java.util.List;
import java.util.Locale;

/**
 * What publishing costs; seconds are means over windows.
 *
 * @param window pairs in each
 * @param alone seconds to learn one while nothing is published: as a trainer would that publishes nothing
 * @param beside seconds to learn one while the version before it is published
 * @param steady seconds from one published version to the next while pairs wait: learning and all that surrounds it
 * @param publishing seconds until a learned version is published and promoted
 */
record PublishingPrice(int window, double alone, double beside, double steady, double publishing) {
    static final double GOAL = 0.95;

    /** The share of the speed without publishing that is left with it. */
    public double keptSpeed() {
        return alone / steady;
    }

    List<String> table() {
        return List.of(
                line("nothing published, learning", alone),
                line("a version under way, learning", beside),
                line("from version to version", steady),
                String.format(Locale.ROOT, "%-32s %8.2f s", "publishing, beside it", publishing),
                String.format(Locale.ROOT, "%-32s %8.1f %%", "speed kept", 100 * keptSpeed()));
    }

    private String line(String what, double seconds) {
        return String.format(Locale.ROOT, "%-32s %8.2f s a window %8.1f pairs/s", what, seconds, window / seconds);
    }
}
