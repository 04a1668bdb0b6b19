package dev.millrace.encoder.http.dialect.tei;

import dev.millrace.encoder.http.dialect.Draft;
import dev.millrace.encoder.http.json.Members;
import dev.millrace.encoder.http.json.Values;
import dev.millrace.encoder.request.Whole;
import java.util.Map;

/** What is to become of texts that are longer than the model reads. */
final class Truncation {
    /** Whether it is the beginning that is to go. */
    private static final Map<String, Boolean> DIRECTIONS =
            Map.of("left", true, "Left", true, "right", false, "Right", false);

    private Truncation() {}

    /** {@code truncate}; true where nothing is said, as TEI has it. */
    static Members.Member truncate(Draft draft) {
        return (field, json) -> {
            if (!Values.flag(field, json)) {
                draft.whole(Whole.forModel("has more tokens than the model reads, and truncate is false"));
            }
        };
    }

    /** {@code truncation_direction}; a text that would lose its beginning is refused, as we cut at the end. */
    static Members.Member direction(Draft draft) {
        return (field, json) -> {
            if (Values.word(field, json, DIRECTIONS)) {
                draft.whole(Whole.forModel("has more tokens than the model reads, and is cut on the right only"));
            }
        };
    }
}
