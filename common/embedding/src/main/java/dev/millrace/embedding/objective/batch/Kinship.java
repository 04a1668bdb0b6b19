package dev.millrace.embedding.objective.batch;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Which texts of a batch belong together, so that none is pushed from another: known pairs, groups, views of one text. What is known of
 * a text is known of the same text in another place.
 */
final class Kinship {
    private final Map<String, BitSet> byGroup = new HashMap<>();
    private final Map<Integer, Set<String>> groupsOf = new HashMap<>();
    private final Map<Integer, BitSet> paired = new HashMap<>();
    private final Map<Integer, BitSet> views = new HashMap<>();
    private final Map<Integer, Integer> firsts = new HashMap<>();

    /** The text of the first place stands in another, too, and is read as something else there. */
    void same(int first, int other) {
        firsts.put(other, first);
    }

    private int first(int text) {
        return firsts.getOrDefault(text, text);
    }

    /** A known pair: each is the other's. */
    void pair(int anchor, int positive) {
        paired.computeIfAbsent(first(anchor), text -> new BitSet()).set(first(positive));
        paired.computeIfAbsent(first(positive), text -> new BitSet()).set(first(anchor));
    }

    /** Numbers that a text shares with another batch's only where both belong together, see {@link Roles#identities}. */
    long[] identities(int text, IntFunction<String> name) {
        LongStream texts = IntStream.concat(IntStream.of(text), paired(first(text)).stream())
                .mapToLong(other -> Identities.ofText(name.apply(other)));
        LongStream groups =
                groupsOf.getOrDefault(first(text), Set.of()).stream().mapToLong(Identities::ofGroup);
        return LongStream.concat(texts, groups).sorted().distinct().toArray();
    }

    void join(String group, int text) {
        byGroup.computeIfAbsent(group, name -> new BitSet()).set(first(text));
        groupsOf.computeIfAbsent(first(text), place -> new HashSet<>()).add(group);
    }

    /** The same text, once more. */
    void view(int text, int view) {
        views.computeIfAbsent(first(text), first -> new BitSet()).set(view);
    }

    /** All that belongs to the text, itself and every view of all of them among it. */
    BitSet of(int text) {
        BitSet kin = paired(first(text));
        groupsOf.getOrDefault(first(text), Set.of()).forEach(group -> kin.or(byGroup.get(group)));
        kin.set(first(text));
        if (!views.isEmpty()) {
            for (int relative : kin.stream().toArray()) {
                Optional.ofNullable(views.get(relative)).ifPresent(kin::or);
            }
        }
        firsts.forEach((other, first) -> {
            if (kin.get(first)) {
                kin.set(other);
            }
        });
        return kin;
    }

    private BitSet paired(int first) {
        return (BitSet)
                Optional.ofNullable(paired.get(first)).orElseGet(BitSet::new).clone();
    }
}
