package dev.millrace.encoder.http.dialect.openai;

import com.fasterxml.jackson.core.JsonParser;
import dev.millrace.embedding.model.InputType;
import dev.millrace.encoder.http.dialect.Draft;
import dev.millrace.encoder.http.dialect.VectorForm;
import dev.millrace.encoder.http.json.Inputs;
import dev.millrace.encoder.http.json.Members;
import dev.millrace.encoder.http.json.Values;
import dev.millrace.encoder.request.RequestFailedException;
import dev.millrace.encoder.request.Whole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What other APIs at the same path add to OpenAI's form (Jina's, Voyage's, Mistral's, that of vLLM): taken where we can do it, and
 * refused where passing it over would give other vectors than were asked for.
 */
final class Extensions {
    private static final Map<String, VectorForm> FORMS = Map.of(
            "float", VectorForm.FLOAT,
            "base64", VectorForm.BASE64,
            "binary", VectorForm.BINARY,
            "ubinary", VectorForm.UBINARY);
    private static final String UNIT = "vectors are of norm 1";
    private static final String ONE_VECTOR = "a text has one vector, of itself alone";

    private Extensions() {}

    static Map<String, Members.Member> members(Draft draft, Consumer<VectorForm> form) {
        return Map.ofEntries(
                Map.entry("task", (field, json) -> task(Values.string(field, json), draft)),
                Map.entry("embedding_type", (field, json) -> form.accept(Values.word(field, json, FORMS))),
                Map.entry("output_dtype", (field, json) -> form.accept(Values.word(field, json, FORMS))),
                Map.entry("output_dimension", (field, json) -> draft.dimensions(Values.integer(field, json))),
                Map.entry("truncate", (field, json) -> truncation(field, json, draft)),
                Map.entry("truncation", (field, json) -> truncation(field, json, draft)),
                Map.entry("truncate_prompt_tokens", (field, json) -> most(field, json, draft)),
                Map.entry("normalized", Values.only(true, UNIT)),
                Map.entry("normalize", Values.only(true, UNIT)),
                Map.entry("late_chunking", Values.only(false, ONE_VECTOR)),
                Map.entry("return_multivector", Values.only(false, ONE_VECTOR)),
                Map.entry("add_special_tokens", Values.only(true, "the model has learned with them")));
    }

    /** Jina's object of a text. */
    static String text(String field, JsonParser json, Inputs inputs) throws IOException {
        final List<String> texts = new ArrayList<>();
        Members.readObject(
                field,
                json,
                Map.of(
                        "text", (name, value) -> texts.add(inputs.text(name, value)),
                        "image", Values.refused("is no text"),
                        "url", Values.refused("is no text"),
                        "bytes", Values.refused("is no text")));
        if (texts.isEmpty()) {
            throw RequestFailedException.empty(field, "must be a text, or an object with a text");
        }
        return texts.get(0);
    }

    /** Jina's tasks of searching name the side; the others are prompts of their own where a version has them. */
    private static void task(String name, Draft draft) {
        if (name.endsWith(".query")) {
            draft.type(InputType.QUERY);
        } else if (name.endsWith(".passage") || name.endsWith(".document")) {
            draft.type(InputType.DOCUMENT);
        } else {
            draft.task(name);
        }
    }

    private static void truncation(String field, JsonParser json, Draft draft) throws IOException {
        if (!Values.flag(field, json)) {
            draft.whole(Whole.forModel("has more tokens than the model reads, and " + field + " is false"));
        }
    }

    /** We cut where the model ends, and nowhere else; -1 means there. */
    private static void most(String field, JsonParser json, Draft draft) throws IOException {
        final int tokens = Values.integer(field, json);
        if (tokens != -1) {
            draft.whole(
                    new Whole(tokens, "has more tokens than " + field + ", and is cut at the model's maximum only"));
        }
    }
}
