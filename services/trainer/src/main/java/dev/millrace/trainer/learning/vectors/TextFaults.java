package dev.millrace.trainer.learning.vectors;

import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.model.InputType;
import dev.millrace.embedding.model.Prompts;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.text.Tokenization;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.events.record.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds the pairs of a window that have a text which a model makes no vector of, so that the others can be learned. */
public final class TextFaults {
    private static final int PART = 64;

    private TextFaults() {}

    /**
     * Pairs with a text that the tokenizer cannot place, or that is refused.
     *
     * @param refusal why there is no training on a text, if so
     * @return why, by place in the window
     */
    public static SortedMap<Integer, String> unreadable(
            List<Pair> window, TextTokenizer tokenizer, Function<Tokens, Optional<String>> refusal) {
        List<String> texts = texts(window, tokenizer.prompts());
        Map<String, String> faults = new HashMap<>();
        asTheyAreRead(texts, tokenizer, refusal).forEach((place, reason) -> faults.put(texts.get(place), reason));
        return pairsWith(faults, window, tokenizer.prompts());
    }

    /** As {@link #unreadable}, of documents by their places. */
    public static SortedMap<Integer, String> unreadableTexts(
            List<String> documents, TextTokenizer tokenizer, Function<Tokens, Optional<String>> refusal) {
        return asTheyAreRead(tokenizer.prompts().before(InputType.DOCUMENT, documents), tokenizer, refusal);
    }

    private static SortedMap<Integer, String> asTheyAreRead(
            List<String> texts, TextTokenizer tokenizer, Function<Tokens, Optional<String>> refusal) {
        List<Tokenization> outcomes = tokenizer.tokenizeEach(texts);
        SortedMap<Integer, String> reasons = new TreeMap<>();
        for (int i = 0; i < texts.size(); i++) {
            int place = i;
            fault(outcomes.get(i), refusal).ifPresent(reason -> reasons.put(place, reason));
        }
        return reasons;
    }

    private static Optional<String> fault(Tokenization outcome, Function<Tokens, Optional<String>> refusal) {
        if (outcome instanceof Tokenization.Encodable encodable) {
            return refusal.apply(encodable.tokens());
        }
        return Optional.of(((Tokenization.Unencodable) outcome).reason());
    }

    /**
     * Pairs with a text whose vector cannot be computed or is no vector. Each text is tried alone in the end, which
     * takes a while.
     *
     * @param control a text whose vector is in order; where it is not any more, the model is at fault and no text
     * @return why, by place in the window
     */
    public static SortedMap<Integer, String> unencodable(
            List<Pair> window, TextTokenizer tokenizer, Encoder encoder, String control, Runnable between) {
        Map<String, String> faults = new HashMap<>();
        Trial trial = part -> requireFinite(encoder.encode(tokenizer.tokenize(part)));
        faultsIn(List.of(control), trial, faults, between);
        if (!faults.isEmpty()) {
            return new TreeMap<>();
        }
        List<String> texts = texts(window, tokenizer.prompts());
        for (int from = 0; from < texts.size(); from += PART) {
            faultsIn(texts.subList(from, Math.min(from + PART, texts.size())), trial, faults, between);
        }
        return pairsWith(faults, window, tokenizer.prompts());
    }

    /** Something that fails when one of the texts is at fault, and does not say which. */
    @FunctionalInterface
    private interface Trial {
        void of(List<String> texts);
    }

    private static void faultsIn(List<String> texts, Trial trial, Map<String, String> faults, Runnable between) {
        between.run();
        Optional<String> failure = failure(texts, trial);
        if (failure.isPresent() && texts.size() == 1) {
            faults.put(texts.get(0), failure.get());
        } else if (failure.isPresent()) {
            int middle = texts.size() / 2;
            faultsIn(texts.subList(0, middle), trial, faults, between);
            faultsIn(texts.subList(middle, texts.size()), trial, faults, between);
        }
    }

    private static Optional<String> failure(List<String> texts, Trial trial) {
        try {
            trial.of(texts);
            return Optional.empty();
        } catch (RuntimeException | OutOfMemoryError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static void requireFinite(float[][] vectors) {
        for (float[] vector : vectors) {
            for (float number : vector) {
                if (!Float.isFinite(number)) {
                    throw new ArithmeticException("its vector holds a number that is not finite");
                }
            }
        }
    }

    private static SortedMap<Integer, String> pairsWith(
            Map<String, String> faults, List<Pair> window, Prompts prompts) {
        SortedMap<Integer, String> reasons = new TreeMap<>();
        for (int i = 0; i < window.size() && !faults.isEmpty(); i++) {
            Optional<String> text =
                    texts(window.get(i), prompts).filter(faults::containsKey).findFirst();
            if (text.isPresent()) {
                reasons.put(i, "cannot be encoded: " + faults.get(text.get()));
            }
        }
        return reasons;
    }

    private static List<String> texts(List<Pair> window, Prompts prompts) {
        return new ArrayList<>(Vectors.distinct(window.stream().flatMap(pair -> texts(pair, prompts))));
    }

    /** As they are read. */
    private static Stream<String> texts(Pair pair, Prompts prompts) {
        List<String> documents = Stream.concat(pair.positive().stream(), pair.negatives().stream())
                .toList();
        return Stream.concat(
                prompts.before(InputType.QUERY, List.of(pair.anchor())).stream(),
                prompts.before(InputType.DOCUMENT, documents).stream());
    }
}
