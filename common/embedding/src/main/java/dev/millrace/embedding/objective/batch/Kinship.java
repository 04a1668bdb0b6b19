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

/** Which texts of a batch belong together, so that none is pushed from another: known pairs, groups, views of one text. */
final class Kinship {
    private final Map<String, BitSet> byGroup = new HashMap<>();
    private final Map<Integer, Set<String>> groupsOf = new HashMap<>();
    private final Map<Integer, BitSet> paired = new HashMap<>();
    private final Map<Integer, BitSet> views = new HashMap<>();

    /** A known pair: each is the other's. */
    void pair(int anchor, int positive) {
        paired.computeIfAbsent(anchor, text -> new BitSet()).set(positive);
        paired.computeIfAbsent(positive, text -> new BitSet()).set(anchor);
    }

    /** Numbers that a text shares with another batch's only where both belong together, see {@link Roles#identities}. */
    long[] identities(int text, IntFunction<String> name) {
        LongStream texts = IntStream.concat(
                        IntStream.of(text), Optional.ofNullable(paired.get(text)).orElseGet(BitSet::new).stream())
                .mapToLong(other -> Identities.ofText(name.apply(other)));
        LongStream groups = groupsOf.getOrDefault(text, Set.of()).stream().mapToLong(Identities::ofGroup);
        return LongStream.concat(texts, groups).sorted().distinct().toArray();
    }

    void join(String group, int text) {
        byGroup.computeIfAbsent(group, name -> new BitSet()).set(text);
        groupsOf.computeIfAbsent(text, place -> new HashSet<>()).add(group);
    }

    /** The same text, once more. */
    void view(int text, int view) {
        views.computeIfAbsent(text, first -> new BitSet()).set(view);
    }

    /** All that belongs to the text, itself and every view of all of them among it. */
    BitSet of(int text) {
        BitSet kin = (BitSet)
                Optional.ofNullable(paired.get(text)).orElseGet(BitSet::new).clone();
        groupsOf.getOrDefault(text, Set.of()).forEach(group -> kin.or(byGroup.get(group)));
        kin.set(text);
        if (views.isEmpty()) {
            return kin;
        }
        for (int relative : kin.stream().toArray()) {
            Optional.ofNullable(views.get(relative)).ifPresent(kin::or);
        }
        return kin;
    }
}
