package dev.millrace.trainer.learning.state;

import dev.millrace.events.record.Pair;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Pairs that are measured on and never trained on: a share of the stream chosen by a hash of the texts, so that a pair
 * sent twice under two ids falls on the same side both times. Of those that ask and answer the newest are the fresh
 * slice, a reservoir of all the memory slice; of graded pairs and of bare texts a reservoir each.
 */
public final class HeldOut {
    private static final long HASH_RANGE = 1L << 32;

    /** From this label on a graded pair's second text answers its first. */
    private static final double ANSWERS = 0.5;

    private final double share;
    private final int capacity;
    private final Deque<Pair> fresh;
    private final Samples samples;

    public HeldOut(double share, int capacity, List<Pair> fresh, Samples samples) {
        this.share = share;
        this.capacity = capacity;
        this.fresh = new ArrayDeque<>(fresh.subList(Math.max(0, fresh.size() - capacity), fresh.size()));
        this.samples = samples;
    }

    /**
     * Samples of all that was ever held out.
     *
     * @param memory pairs that ask and answer
     * @param graded pairs with a label, of any grade
     * @param texts texts that nothing belongs to
     */
    public record Samples(Reservoir memory, Reservoir graded, Reservoir texts) {}

    /** Whether the pair belongs to the held-out share. */
    public boolean claims(Pair pair) {
        CRC32 hash = new CRC32();
        hash.update(pair.anchor().getBytes(StandardCharsets.UTF_8));
        hash.update(0);
        hash.update(pair.positive().orElse("").getBytes(StandardCharsets.UTF_8));
        return hash.getValue() < share * HASH_RANGE;
    }

    /** Whether its second text answers its first. */
    public static boolean asks(Pair pair) {
        return pair.positive().isPresent() && pair.label().orElse(1) >= ANSWERS;
    }

    public void keep(Pair pair) {
        if (pair.positive().isEmpty()) {
            samples.texts().offer(pair);
            return;
        }
        if (pair.label().isPresent()) {
            samples.graded().offer(pair);
        }
        if (asks(pair)) {
            fresh.addLast(pair);
            if (fresh.size() > capacity) {
                fresh.removeFirst();
            }
            samples.memory().offer(pair);
        }
    }

    /** Whether as many are asked among as there will ever be: until then it becomes harder to be found, whatever is learned. */
    public boolean isFull() {
        return fresh.size() >= capacity && memory().pairs().size() >= capacity;
    }

    public List<Pair> fresh() {
        return List.copyOf(fresh);
    }

    public Reservoir memory() {
        return samples.memory();
    }

    public Reservoir graded() {
        return samples.graded();
    }

    public Reservoir texts() {
        return samples.texts();
    }

    /**
     * What is looked at by itself where it has enough pairs: all, the fresh, the memory (what is lost of it is
     * forgotten), and all groups of fewer pairs than that together.
     */
    public List<Slice> slices(int enough) {
        List<Pair> small = groups().values().stream()
                .filter(group -> group.size() < enough)
                .flatMap(List::stream)
                .toList();
        return Stream.of(
                        new Slice("held-out", all(), true),
                        new Slice("fresh", fresh(), false),
                        new Slice("forgetting", memory().pairs(), true),
                        new Slice("small-groups", small, true))
                .filter(slice -> slice.pairs().size() >= enough)
                .toList();
    }

    /** Pairs of each group, all that ask and answer. */
    public SortedMap<String, List<Pair>> groups() {
        return all().stream()
                .filter(pair -> pair.group().isPresent())
                .collect(Collectors.groupingBy(pair -> pair.group().orElseThrow(), TreeMap::new, Collectors.toList()));
    }

    public List<Pair> all() {
        Set<Pair> all = new LinkedHashSet<>(fresh);
        all.addAll(memory().pairs());
        return List.copyOf(all);
    }

    /**
     * Held-out pairs that are looked at by themselves.
     *
     * @param name what a loss on them is called in a version's decision
     * @param pairs all of which were asked about before and after
     * @param lasting whether the same pairs stay from window to window, so that losses on them add up to what was
     *     forgotten
     */
    public record Slice(String name, List<Pair> pairs, boolean lasting) {}
}
