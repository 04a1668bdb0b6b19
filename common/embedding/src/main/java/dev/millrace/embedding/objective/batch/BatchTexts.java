package dev.millrace.embedding.objective.batch;

import dev.millrace.embedding.model.InputType;
import dev.millrace.embedding.model.Prompts;
import dev.millrace.embedding.objective.view.View;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.text.Tokens;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Examples as one batch: each distinct text once, and for each what it is drawn to and compared with. All positives and hard
 * negatives of the batch serve every anchor, save those that belong to it: its own text, what it is known to be a pair with,
 * its group. Anchors are queries, all else is documents: where the model wants to read something else before the two, a text that is
 * both stands twice, and is never pushed from itself.
 */
public final class BatchTexts {
    private final List<Text> texts = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Integer> alike = new HashMap<>();
    private final BitSet anchors = new BitSet();
    private final BitSet documents = new BitSet();
    private final Map<Integer, BitSet> pushedFrom = new HashMap<>();
    private final Kinship kinship = new Kinship();
    private final Map<Sides, Double> pulls = new LinkedHashMap<>();
    private final Map<Graded, Double> grades = new LinkedHashMap<>();

    private record Sides(int anchor, int positive) {}

    private record Graded(int first, int second, double label) {}

    private final BitSet seconds = new BitSet();
    private final View view;
    private final Prompts prompts;
    private final long seed;
    private final SplittableRandom random;

    /**
     * A text of the batch.
     *
     * @param type what it is in it
     * @param text as the example has it, or a view of that
     */
    public record Text(InputType type, String text) {}

    private BatchTexts(View view, Prompts prompts, long seed) {
        this.view = view;
        this.prompts = prompts;
        this.seed = seed;
        random = new SplittableRandom(seed);
    }

    /** As {@link #of(List, View, Prompts, long)}, by dropout alone, for a model that wants to read nothing before a text. */
    public static BatchTexts of(List<? extends ContrastiveExample> examples) {
        return of(examples, View.DROPOUT, Prompts.NONE, 0);
    }

    /**
     * The batch of the examples; a pair that comes several times is one row, with the sum of its weights.
     *
     * @param view what a bare text is drawn to
     * @param prompts what the model wants to read before queries and documents
     * @param seed of the views
     */
    public static BatchTexts of(List<? extends ContrastiveExample> examples, View view, Prompts prompts, long seed) {
        BatchTexts batch = new BatchTexts(view, prompts, seed);
        examples.forEach(batch::place);
        return batch;
    }

    /** The u texts to encode; one that is drawn to itself stands twice. */
    public List<String> texts() {
        return texts.stream().map(Text::text).toList();
    }

    /** The same texts, each with what it is. */
    public List<Text> typed() {
        return List.copyOf(texts);
    }

    /** Who is drawn to whom and compared with whom, as indexes of {@link #texts}. */
    public Roles roles() {
        List<Row> forward = new ArrayList<>();
        List<Row> backward = new ArrayList<>();
        List<Row> all = new ArrayList<>();
        BitSet everyone = (BitSet) documents.clone();
        everyone.or(anchors);
        pulls.forEach((sides, weight) -> {
            forward.add(row(sides.anchor(), sides.positive(), weight, documents));
            backward.add(row(sides.positive(), sides.anchor(), weight, anchors));
            all.add(row(sides.anchor(), sides.positive(), weight, everyone));
            all.add(row(sides.positive(), sides.anchor(), weight, everyone));
        });
        List<GradedPair> graded = new ArrayList<>();
        grades.forEach((pair, weight) -> graded.add(new GradedPair(pair.first(), pair.second(), pair.label(), weight)));
        return new Roles(
                Map.of(Side.ANCHORS, forward, Side.POSITIVES, backward, Side.ALL, all),
                graded,
                text -> kinship.identities(text, place -> texts.get(place).text()));
    }

    /**
     * The batch to train on, beside a teacher that has seen {@link #texts}; the same every time.
     *
     * @param dimensions the encoder's width
     */
    public TrainingBatch tokenized(TextTokenizer tokenizer, int dimensions, Optional<Teacher> teacher) {
        List<Tokens> tokens = new ArrayList<>(
                tokenizer.tokenize(texts.stream().map(this::read).toList()));
        SplittableRandom ofTokens = new SplittableRandom(seed).split();
        seconds.stream().forEach(place -> tokens.set(place, view.of(tokens.get(place), dimensions, ofTokens)));
        return new TrainingBatch(tokens, roles(), teacher);
    }

    private void place(ContrastiveExample example) {
        int anchor = place(InputType.QUERY, example.anchor());
        int positive =
                example.positive().map(text -> place(InputType.DOCUMENT, text)).orElseGet(() -> secondView(anchor));
        anchors.set(anchor);
        documents.set(positive);
        kinship.pair(anchor, positive);
        example.group().ifPresent(group -> {
            kinship.join(group, anchor);
            kinship.join(group, positive);
        });
        example.pushedFrom().forEach(text -> push(anchor, place(InputType.DOCUMENT, text)));
        pulls.merge(new Sides(anchor, positive), example.pull(), BatchTexts::sum);
        grade(example, anchor);
    }

    private void push(int anchor, int negative) {
        documents.set(negative);
        pushedFrom.computeIfAbsent(anchor, text -> new BitSet()).set(negative);
    }

    private void grade(ContrastiveExample example, int anchor) {
        example.second()
                .ifPresent(text -> grades.merge(
                        new Graded(
                                anchor,
                                place(InputType.DOCUMENT, text),
                                example.label().orElse(1)),
                        example.weight(),
                        BatchTexts::sum));
        example.negatives()
                .forEach(text -> grades.merge(
                        new Graded(anchor, place(InputType.DOCUMENT, text), 0), example.weight(), BatchTexts::sum));
    }

    private static double sum(double weight, double more) {
        return Math.min(weight + more, Double.MAX_VALUE);
    }

    /** As it is read a text stands once, whatever it is. */
    private int place(InputType type, String words) {
        Text text = new Text(type, words);
        return places.computeIfAbsent(read(text), read -> {
            int place = append(text);
            Optional.ofNullable(alike.putIfAbsent(words, place)).ifPresent(first -> kinship.same(first, place));
            return place;
        });
    }

    private String read(Text text) {
        return prompts.before(text.type(), List.of(text.text())).get(0);
    }

    /** The same text, or a view of it, again on purpose: it is encoded under another dropout mask. */
    private int secondView(int anchor) {
        int second =
                append(new Text(InputType.DOCUMENT, view.of(texts.get(anchor).text(), random)));
        kinship.view(anchor, second);
        seconds.set(second);
        return second;
    }

    private int append(Text text) {
        texts.add(text);
        return texts.size() - 1;
    }

    private Row row(int text, int positive, double weight, BitSet columns) {
        return new Row(
                text,
                positive,
                weight,
                () -> candidates(text, positive, columns),
                () -> without(text, kinship.of(text)),
                () -> own(text));
    }

    private BitSet candidates(int text, int positive, BitSet columns) {
        BitSet candidates = (BitSet) columns.clone();
        candidates.andNot(kinship.of(text));
        candidates.set(positive);
        return candidates;
    }

    private BitSet own(int text) {
        BitSet own = (BitSet) pushedFrom.getOrDefault(text, new BitSet()).clone();
        own.andNot(kinship.of(text));
        return own;
    }

    private static BitSet without(int text, BitSet kin) {
        kin.clear(text);
        return kin;
    }
}
