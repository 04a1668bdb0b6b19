package dev.millrace.encoder.request;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a caller wants: there are not too many texts, the rest depends on the version that answers. */
public record EmbeddingsRequest(
        Input input, PromptChoice prompt, VersionChoice version, OptionalInt dimensions, Optional<Whole> whole) {

    /**
     * Which vectors.
     *
     * @param model name of what is to answer; empty: what is served
     * @param space of the index that the vectors are to fit; empty: the version's own
     */
    public record VersionChoice(Optional<String> model, Optional<String> space) {
        /** Those of what is served. */
        public static final VersionChoice SERVED = new VersionChoice(Optional.empty(), Optional.empty());

        public VersionChoice of(String name) {
            return new VersionChoice(Optional.of(name), space);
        }

        public VersionChoice fitting(String index) {
            return new VersionChoice(model, Optional.of(index));
        }
    }

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
