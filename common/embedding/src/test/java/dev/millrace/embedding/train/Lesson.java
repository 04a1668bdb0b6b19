package dev.millrace.embedding.train;

import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.optim.StepSettings;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.text.Tokens;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Four pairs to learn, and how. */
final class Lesson {
    private static final List<String> TEXTS = List.of(
            "reset my password", "How can I change the secret word of my account?",
            "card arrival", "When will the new card be in the mail?",
            "exchange rate", "What do you pay me for a hundred euros in dollars?",
            "lost phone", "My mobile was stolen, so how do I get into the app?");

    private static final List<Tokens> TOKENS = tokens();

    private Lesson() {}

    static TrainingBatch batch() {
        BitSet positives = new BitSet();
        IntStream.range(0, 4).forEach(i -> positives.set(2 * i + 1));
        List<Row> anchors = IntStream.range(0, 4)
                .mapToObj(i -> new Row(2 * i, 2 * i + 1, positives, 1 + i))
                .toList();
        return TrainingBatch.ofRows(TOKENS, anchors);
    }

    private static List<Tokens> tokens() {
        try (TextTokenizer tokenizer = TextTokenizer.load(Models.miniLm())) {
            return tokenizer.tokenize(TEXTS);
        }
    }

    static StepSettings settings(long seed) {
        return new StepSettings(1e-4, 0.01, 1, 0.99, seed);
    }
}
