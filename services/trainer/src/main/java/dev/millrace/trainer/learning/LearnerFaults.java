package dev.millrace.trainer.learning;

import dev.millrace.embedding.encode.Encoder;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.state.LearningState;
import dev.millrace.trainer.learning.vectors.TextFaults;
import java.util.List;
import java.util.SortedMap;

/** Finds what a learner's model has no vector for. */
public final class LearnerFaults {
    /** A text that every model has a vector for, to tell a model at fault from a text at fault. */
    private static final String CONTROL = "a";

    private final Model model;
    private final LearningState state;

    LearnerFaults(Model model, LearningState state) {
        this.model = model;
        this.state = state;
    }

    /**
     * Finds pairs with a text that the model's tokenizer cannot place, or that is too long to be trained on here.
     *
     * @return why, by place in the window
     */
    public SortedMap<Integer, String> unreadable(List<Pair> window) {
        return TextFaults.unreadable(window, model.tokenizer(), model.encoder()::refusal);
    }

    /** As {@link #unreadable}, of documents by their places. */
    public SortedMap<Integer, String> unreadableTexts(List<String> documents) {
        return TextFaults.unreadableTexts(documents, model.tokenizer(), model.encoder()::refusal);
    }

    /**
     * Finds pairs with a text that the model makes no vector of, by trying; for a window that could not be learned.
     *
     * @param between as of {@link Learner#learn}
     * @return why, by place in the window
     */
    public SortedMap<Integer, String> unencodable(List<Pair> window, Runnable between) {
        try (Encoder current = model.encoder().averaged()) {
            String control = state.golden().texts().stream().findFirst().orElse(CONTROL);
            return TextFaults.unencodable(window, model.tokenizer(), current, control, between);
        }
    }
}
