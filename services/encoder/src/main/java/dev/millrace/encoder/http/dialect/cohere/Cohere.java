package dev.millrace.encoder.http.dialect.cohere;

import com.fasterxml.jackson.core.JsonParser;
import dev.millrace.embedding.model.InputType;
import dev.millrace.encoder.http.dialect.Dialect;
import dev.millrace.encoder.http.dialect.Draft;
import dev.millrace.encoder.http.dialect.Question;
import dev.millrace.encoder.http.dialect.Wording;
import dev.millrace.encoder.http.json.Inputs;
import dev.millrace.encoder.http.json.Members;
import dev.millrace.encoder.http.json.Values;
import dev.millrace.encoder.request.EmbeddingsRequest;
import dev.millrace.encoder.request.RequestFailedException;
import dev.millrace.encoder.request.Whole;
import dev.millrace.service.http.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cohere's embed, in both of its versions. */
public final class Cohere implements Dialect, Wording {
    private static final String TEXTS = "texts";

    private final Inputs inputs;
    private final int version;

    private Cohere(Inputs inputs, int version) {
        this.inputs = inputs;
        this.version = version;
    }

    /** Which writes bare floats where no types are asked for. */
    public static Cohere v1(Inputs inputs) {
        return new Cohere(inputs, 1);
    }

    /** Which always writes vectors by type, and takes a text as the content of an input, too. */
    public static Cohere v2(Inputs inputs) {
        return new Cohere(inputs, 2);
    }

    @Override
    public Set<String> paths() {
        return Set.of("/v" + version + "/embed");
    }

    @Override
    public Wording wording() {
        return this;
    }

    @Override
    public Question read(byte[] body) {
        final Draft draft = new Draft();
        final CohereForm form = new CohereForm(version);
        Members.read(
                body,
                Map.ofEntries(
                        Map.entry(TEXTS, (field, json) -> draft.texts(inputs.array(field, json, inputs::text))),
                        Map.entry("inputs", (field, json) -> draft.texts(inputs.array(field, json, this::content))),
                        Map.entry("images", Values.refused("are no texts")),
                        Map.entry("model", (field, json) -> draft.model(Values.string(field, json))),
                        Map.entry("input_type", (field, json) -> type(field, json, draft)),
                        Map.entry("output_dimension", (field, json) -> draft.dimensions(Values.integer(field, json))),
                        Map.entry("embedding_types", (field, json) -> form.types(field, json, inputs)),
                        Map.entry("max_tokens", (field, json) -> most(field, json, draft)),
                        Map.entry("truncate", (field, json) -> truncate(field, json, draft))));
        final EmbeddingsRequest request = draft.complete(TEXTS);
        return new Question(request, form.of(((EmbeddingsRequest.Texts) request.input()).texts()));
    }

    /** An input of the second version; of several parts there would be one vector, which only their model makes. */
    private String content(String field, JsonParser json) throws IOException {
        final List<String> parts = new ArrayList<>();
        final Map<String, Members.Member> part = Map.of(
                "text",
                (name, value) -> parts.add(inputs.text(name, value)),
                "image_url",
                Values.refused("is no text"));
        Members.readObject(
                field,
                json,
                Map.of(
                        "content",
                        (name, array) -> inputs.array(name, array, (item, object) -> {
                            Members.readObject(item, object, part);
                            return item;
                        })));
        if (parts.size() != 1) {
            throw RequestFailedException.invalid(field + ".content", "must be one text");
        }
        return parts.get(0);
    }

    private static void type(String field, JsonParser json, Draft draft) throws IOException {
        final String type = Values.string(field, json);
        switch (type) {
            case "search_query" -> draft.type(InputType.QUERY);
            case "search_document" -> draft.type(InputType.DOCUMENT);
            case "classification", "clustering" -> draft.task(type);
            default ->
                throw RequestFailedException.invalid(
                        field, "must be search_query, search_document, classification or clustering");
        }
    }

    private static void truncate(String field, JsonParser json, Draft draft) throws IOException {
        final String reason = "has more tokens than the model reads, and ";
        switch (Values.string(field, json)) {
            case "END" -> {}
            case "NONE" -> draft.whole(Whole.forModel(reason + "truncate is NONE"));
            case "START" -> draft.whole(Whole.forModel(reason + "is cut at its END only"));
            default -> throw RequestFailedException.invalid(field, "must be NONE, START or END");
        }
    }

    private static void most(String field, JsonParser json, Draft draft) throws IOException {
        draft.whole(new Whole(
                Values.positive(field, json), "has more than max_tokens, and is cut at the model's maximum only"));
    }

    @Override
    public Problem worded(Refusal refusal) {
        return refusal.problem().with("message", refusal.message());
    }

    @Override
    public String field(String ours) {
        if (ours.startsWith("input[")) {
            return TEXTS + ours.substring("input".length());
        }
        return ours.equals("dimensions") ? "output_dimension" : ours;
    }
}
