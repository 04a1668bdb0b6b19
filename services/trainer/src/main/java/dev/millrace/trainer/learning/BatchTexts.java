package dev.millrace.trainer.learning;

import dev.millrace.embedding.ContrastiveBatch;
import dev.millrace.embedding.TextTokenizer;
import dev.millrace.embedding.Tokens;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Examples to one {@link ContrastiveBatch}: each distinct text once, and for each anchor the texts it is compared with. All
 * positives and hard negatives of the batch serve every anchor, save those that are its own anchor text, a positive of the
 * same anchor text, or of its group.
 */
final class BatchTexts {
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, BitSet> secondViews = new HashMap<>();
    private final BitSet documents = new BitSet();
    private final Map<String, BitSet> byGroup = new HashMap<>();
    private final Map<Integer, Set<String>> groupsOf = new HashMap<>();
    private final Map<String, BitSet> byAnchor = new HashMap<>();

    private BatchTexts() {}

    static ContrastiveBatch of(List<Example> examples, TextTokenizer tokenizer) {
        return new BatchTexts().batch(examples, tokenizer);
    }

    private ContrastiveBatch batch(List<Example> examples, TextTokenizer tokenizer) {
        List<int[]> sides = new ArrayList<>();
        for (Example example : examples) {
            sides.add(place(example));
        }
        List<ContrastiveBatch.Anchor> anchors = new ArrayList<>();
        Set<Long> told = new HashSet<>();
        for (int i = 0; i < examples.size(); i++) {
            int[] side = sides.get(i);
            if (told.add(((long) side[0] << 32) | side[1])) {
                anchors.add(new ContrastiveBatch.Anchor(
                        side[0],
                        side[1],
                        candidates(examples.get(i), side),
                        examples.get(i).weight()));
            }
        }
        List<Tokens> tokens = tokenizer.tokenize(texts);
        return new ContrastiveBatch(tokens, anchors);
    }

    private int[] place(Example example) {
        int anchor = place(example.anchor());
        int positive = example.positive().isPresent() ? place(example.positive().get()) : secondView(example.anchor());
        documents.set(positive);
        byAnchor.computeIfAbsent(example.anchor(), a -> new BitSet()).set(positive);
        example.group().ifPresent(group -> {
            BitSet members = byGroup.computeIfAbsent(group, g -> new BitSet());
            members.set(anchor);
            members.set(positive);
            groupsOf.computeIfAbsent(anchor, text -> new HashSet<>()).add(group);
            groupsOf.computeIfAbsent(positive, text -> new HashSet<>()).add(group);
        });
        example.negatives().forEach(text -> documents.set(place(text)));
        return new int[] {anchor, positive};
    }

    private int place(String text) {
        return places.computeIfAbsent(text, t -> {
            texts.add(t);
            return texts.size() - 1;
        });
    }

    /** The same text again, on purpose: it is encoded under another dropout mask. */
    private int secondView(String text) {
        texts.add(text);
        int view = texts.size() - 1;
        secondViews.computeIfAbsent(text, t -> new BitSet()).set(view);
        return view;
    }

    private BitSet candidates(Example example, int[] side) {
        BitSet candidates = (BitSet) documents.clone();
        candidates.andNot(kin(example, side[0]));
        candidates.set(side[1]);
        return candidates;
    }

    /** What the anchor is never pushed from, whichever view of it. */
    private BitSet kin(Example example, int anchor) {
        BitSet kin = (BitSet) byAnchor.get(example.anchor()).clone();
        groupsOf.getOrDefault(anchor, Set.of()).forEach(group -> kin.or(byGroup.get(group)));
        kin.set(anchor);
        for (int text : kin.stream().toArray()) {
            Optional.ofNullable(secondViews.get(texts.get(text))).ifPresent(kin::or);
        }
        return kin;
    }
}
