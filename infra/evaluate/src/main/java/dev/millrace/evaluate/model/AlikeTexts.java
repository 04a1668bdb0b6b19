package dev.millrace.evaluate.model;

import dev.millrace.embedding.model.InputType;
import java.util.List;

/** Before queries and documents stands what stands before any text: for data whose two sides are of one kind. */
record AlikeTexts(TextEncoder encoder) implements TextEncoder {
    @Override
    public String name() {
        return encoder.name();
    }

    @Override
    public float[][] encode(InputType type, List<String> texts) {
        return encoder.encode(InputType.UNSAID, texts);
    }

    @Override
    public void close() {
        encoder.close();
    }
}
