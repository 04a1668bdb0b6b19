package dev.millrace.encoder.request;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a caller wants: there are not too many texts, the rest depends on the version that answers. */
public record EmbeddingsRequest(
        Input input, PromptChoice prompt, Optional<String> model, OptionalInt dimensions, Optional<Whole> whole) {

    /** What is to be encoded, one vector each. */
    public sealed interface Input {
        boolean isEmpty();
    }

    public record Texts(List<String> texts) implements Input {
        @Override
        public boolean isEmpty() {
            return texts.isEmpty();
        }
    }

    /** Texts that the caller has cut into tokens, by the tokenizer that the model's name stands for. */
    public record TokenArrays(List<int[]> arrays) implements Input {
        @Override
        public boolean isEmpty() {
            return arrays.isEmpty();
        }
    }
}
