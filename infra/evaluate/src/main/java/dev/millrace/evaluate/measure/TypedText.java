package dev.millrace.evaluate.measure;

import dev.millrace.embedding.model.InputType;
import java.util.List;
import java.util.stream.Stream;

/** A text, and what it is in what is asked. */
record TypedText(InputType type, String text) {
    static Stream<TypedText> all(InputType type, List<String> texts) {
        return texts.stream().map(text -> new TypedText(type, text));
    }
}
