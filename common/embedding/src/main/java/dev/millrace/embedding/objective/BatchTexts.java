package dev.millrace.embedding.objective;

import dev.millrace.embedding.text.TextTokenizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Examples as one batch: each distinct text once, and for each anchor the texts it is compared with. All positives and hard
 * negatives of the batch serve every anchor, save those that are its own anchor text, a positive of the same anchor text, or
 * of its group.
 */
public final class BatchTexts {
    private final List<String> texts = new ArrayList<>();
    private final List<ContrastiveBatch.Anchor> anchors = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, BitSet> secondViews = new HashMap<>();
    private final BitSet documents = new BitSet();
    private final Map<String, BitSet> byGroup = new HashMap<>();
    private final Map<Integer, Set<String>> groupsOf = new HashMap<>();
    private final Map<Integer, BitSet> positivesOf = new HashMap<>();

    private record Sides(int anchor, int positive) {}

    private BatchTexts() {}

    /** The batch of the examples; a pair that comes several times is one anchor, with the sum of its weights. */
    public static BatchTexts of(List<? extends ContrastiveExample> examples) {
        BatchTexts batch = new BatchTexts();
        Map<Sides, Double> weights = new LinkedHashMap<>();
        examples.forEach(example -> weights.merge(
                batch.place(example), example.weight(), (sum, more) -> Math.min(sum + more, Double.MAX_VALUE)));
        weights.forEach((sides, weight) -> batch.anchors.add(
                new ContrastiveBatch.Anchor(sides.anchor(), sides.positive(), () -> batch.candidates(sides), weight)));
        return batch;
    }

    /** The u texts to encode; one that is drawn to itself stands twice. */
    public List<String> texts() {
        return List.copyOf(texts);
    }

    /** The n anchors, as indexes of {@link #texts}. */
    public List<ContrastiveBatch.Anchor> anchors() {
        return List.copyOf(anchors);
    }

    /** The batch to train on. */
    public ContrastiveBatch tokenized(TextTokenizer tokenizer) {
        return new ContrastiveBatch(tokenizer.tokenize(texts), anchors());
    }

    private Sides place(ContrastiveExample example) {
        int anchor = place(example.anchor());
        int positive = example.positive().map(this::place).orElseGet(() -> secondView(example.anchor()));
        documents.set(positive);
        positivesOf.computeIfAbsent(anchor, text -> new BitSet()).set(positive);
        example.group().ifPresent(group -> {
            join(group, anchor);
            join(group, positive);
        });
        example.negatives().forEach(text -> documents.set(place(text)));
        return new Sides(anchor, positive);
    }

    private int place(String text) {
        return places.computeIfAbsent(text, this::append);
    }

    /** The same text again, on purpose: it is encoded under another dropout mask. */
    private int secondView(String text) {
        int view = append(text);
        secondViews.computeIfAbsent(text, anchor -> new BitSet()).set(view);
        return view;
    }

    private int append(String text) {
        texts.add(text);
        return texts.size() - 1;
    }

    private void join(String group, int text) {
        byGroup.computeIfAbsent(group, name -> new BitSet()).set(text);
        groupsOf.computeIfAbsent(text, place -> new HashSet<>()).add(group);
    }

    private BitSet candidates(Sides sides) {
        BitSet candidates = (BitSet) documents.clone();
        candidates.andNot(kin(sides.anchor()));
        candidates.set(sides.positive());
        return candidates;
    }

    /** What the anchor is never pushed from, whichever view of it. */
    private BitSet kin(int anchor) {
        BitSet kin = (BitSet) positivesOf.get(anchor).clone();
        groupsOf.getOrDefault(anchor, Set.of()).forEach(group -> kin.or(byGroup.get(group)));
        kin.set(anchor);
        if (secondViews.isEmpty()) {
            return kin;
        }
        for (int text : kin.stream().toArray()) {
            Optional.ofNullable(secondViews.get(texts.get(text))).ifPresent(kin::or);
        }
        return kin;
    }
}
