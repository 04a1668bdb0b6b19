package dev.millrace.encoder.http.dialect.tei;

import dev.millrace.encoder.http.dialect.Dialect;
import dev.millrace.encoder.http.dialect.Draft;
import dev.millrace.encoder.http.dialect.Question;
import dev.millrace.encoder.http.dialect.VectorForm;
import dev.millrace.encoder.http.dialect.Wording;
import dev.millrace.encoder.http.json.Inputs;
import dev.millrace.encoder.http.json.Members;
import dev.millrace.encoder.http.json.Values;
import java.util.Map;
import java.util.Set;

/** {@code /embed} of Text Embeddings Inference, and {@code /}, where Hugging Face's own client asks. */
public final class TeiEmbed implements Dialect {
    private static final String INPUTS = "inputs";

    private final Inputs inputs;

    public TeiEmbed(Inputs inputs) {
        this.inputs = inputs;
    }

    @Override
    public Set<String> paths() {
        return Set.of("/embed", "/");
    }

    @Override
    public Wording wording() {
        return TeiWording.WORDS;
    }

    @Override
    public Question read(byte[] body) {
        final Draft draft = new Draft();
        Members.read(
                body,
                Map.of(
                        INPUTS,
                        (field, json) -> draft.input(inputs.textsOrTokens(field, json)),
                        "truncate",
                        Truncation.truncate(draft),
                        "truncation_direction",
                        Truncation.direction(draft),
                        "prompt_name",
                        (field, json) -> draft.promptName(Values.string(field, json)),
                        "normalize",
                        Values.only(true, "vectors are of norm 1"),
                        "dimensions",
                        (field, json) -> draft.dimensions(Values.integer(field, json))));
        return new Question(draft.complete(INPUTS), VectorForm.FLOAT::writeAll);
    }
}
