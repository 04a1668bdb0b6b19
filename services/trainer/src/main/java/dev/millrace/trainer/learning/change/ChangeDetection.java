package dev.millrace.trainer.learning.change;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.settings.LearningConfig;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Notices that the stream is about something else, by what is lost on held-out pairs as they come, by how long texts are,
 * and by words that are new; for some windows then more of a batch is fresh.
 */
public final class ChangeDetection {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of so many replayed pairs the words are known: those in front, which stay the longest. */
    private static final int KNOWN_PAIRS = 4096;

    /** Letters by whose logarithm a pair's length becomes a number in [0, 1]; longer pairs count as this long. */
    private static final double LONGEST = 2 * 8192;

    private final LearningConfig config;
    private final boolean on;
    private final SortedMap<Watched, Adwin> watched = new TreeMap<>();
    private int left;

    /** What is watched, each number in [0, 1]. */
    private enum Watched {
        /** One minus the reciprocal rank of a new held-out pair's answer. */
        LOSS(true),
        /** The logarithm of a new pair's letters. */
        LENGTH(false),
        /** The share of a new pair's words that no replayed pair has. */
        UNKNOWN(true);

        private final boolean onlyMore;

        /** {@code onlyMore}: that it becomes less is what learning is for. */
        Watched(boolean onlyMore) {
            this.onlyMore = onlyMore;
        }

        private String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Goes on from what was saved.
     *
     * @param saved what {@link #save} wrote; missing: nothing was watched yet
     */
    public ChangeDetection(LearningConfig config, JsonNode saved) {
        this.config = config;
        on = config.changeDetection().equals("adwin");
        left = saved.path("left").asInt(0);
        for (Watched one : Watched.values()) {
            List<List<Adwin.Bucket>> sizes = JSON.convertValue(
                    saved.has(one.key()) ? saved.path(one.key()) : JSON.createArrayNode(), new TypeReference<>() {});
            watched.put(one, new Adwin(config.changeDelta(), sizes));
        }
    }

    /** What a window brought, before it was learned: losses of new held-out pairs, new pairs, and what was replayed. */
    public record Brought(List<Double> losses, List<Pair> fresh, List<Pair> replay) {}

    /**
     * Takes in what a window brought.
     *
     * @return for the manifest by name: whether the stream changed, in what and by how much, and what share of this window's
     *     batches was replayed; nothing where it is not watched
     */
    public SortedMap<String, Double> observe(Brought brought) {
        if (!on) {
            return new TreeMap<>();
        }
        add(Watched.LOSS, brought.losses(), loss -> loss);
        add(Watched.LENGTH, brought.fresh(), ChangeDetection::length);
        if (!brought.replay().isEmpty()) {
            int known = Math.min(KNOWN_PAIRS, brought.replay().size());
            add(Watched.UNKNOWN, brought.fresh(), Words.of(brought.replay().subList(0, known))::unknown);
        }
        SortedMap<String, Double> figures = changes();
        boolean changed = !figures.isEmpty();
        figures.put("change-detected", changed ? 1.0 : 0.0);
        figures.put("replay-share", replayShare());
        left = changed ? config.changeWindows() : Math.max(0, left - 1);
        return figures;
    }

    private <T> void add(Watched one, List<T> of, ToDoubleFunction<T> measure) {
        of.forEach(each -> watched.get(one).add(measure.applyAsDouble(each)));
    }

    private SortedMap<String, Double> changes() {
        SortedMap<String, Double> changes = new TreeMap<>();
        watched.forEach((one, window) -> window.shrink().stream()
                .filter(difference -> difference > 0 || !one.onlyMore)
                .forEach(difference -> changes.put("change." + one.key(), difference)));
        return changes;
    }

    private static double length(Pair pair) {
        double letters =
                pair.anchor().length() + pair.positive().map(String::length).orElse(0);
        return Math.min(1, Math.log1p(letters) / Math.log1p(LONGEST));
    }

    /** Share of each batch that is replayed now. */
    public double replayShare() {
        return left > 0 ? Math.min(config.changeReplayShare(), config.replayShare()) : config.replayShare();
    }

    /** All that {@link #ChangeDetection} goes on from; nothing where it is not watched. */
    public void save(ObjectNode into) {
        if (!on) {
            return;
        }
        ObjectNode saved = into.putObject("change").put("left", left);
        watched.forEach((one, window) -> saved.putPOJO(one.key(), window.sizes()));
    }
}
