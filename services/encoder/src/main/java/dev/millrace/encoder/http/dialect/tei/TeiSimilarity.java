package dev.millrace.encoder.http.dialect.tei;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.encoder.http.dialect.Dialect;
import dev.millrace.encoder.http.dialect.Draft;
import dev.millrace.encoder.http.dialect.Question;
import dev.millrace.encoder.http.dialect.Wording;
import dev.millrace.encoder.http.json.Inputs;
import dev.millrace.encoder.http.json.Members;
import dev.millrace.encoder.http.json.Values;
import dev.millrace.encoder.request.EmbeddingsAnswer;
import dev.millrace.encoder.request.RequestFailedException;
import dev.millrace.service.http.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /similarity} of Text Embeddings Inference: the cosines of one text to others. */
public final class TeiSimilarity implements Dialect, Wording {
    private static final String SOURCE = "inputs.source_sentence";
    private static final String SENTENCES = "inputs.sentences";

    private final Inputs inputs;

    public TeiSimilarity(Inputs inputs) {
        this.inputs = inputs;
    }

    @Override
    public Set<String> paths() {
        return Set.of("/similarity");
    }

    @Override
    public Wording wording() {
        return this;
    }

    @Override
    public Question read(byte[] body) {
        final Draft draft = new Draft();
        final Pairing pairing = new Pairing();
        final Map<String, Members.Member> texts = Map.of(
                "source_sentence", (field, json) -> pairing.source.add(inputs.text(field, json)),
                "sentences", (field, json) -> pairing.sentences.addAll(inputs.array(field, json, inputs::text)));
        final Map<String, Members.Member> parameters = Map.of(
                "truncate", Truncation.truncate(draft),
                "truncation_direction", Truncation.direction(draft),
                "prompt_name", (field, json) -> draft.promptName(Values.string(field, json)));
        Members.read(
                body,
                Map.of(
                        "inputs", (field, json) -> Members.readObject(field, json, texts),
                        "parameters", (field, json) -> Members.readObject(field, json, parameters)));
        draft.texts(pairing.texts());
        return new Question(draft.complete(SOURCE), TeiSimilarity::write);
    }

    /** Of vectors of norm 1. */
    private static void write(EmbeddingsAnswer answer, JsonGenerator json) throws IOException {
        final float[] source = answer.vector(0);
        json.writeStartArray();
        for (int index = 1; index < answer.size(); index++) {
            final float[] other = answer.vector(index);
            double sum = 0;
            for (int i = 0; i < source.length; i++) {
                sum += (double) source[i] * other[i];
            }
            json.writeNumber((float) sum);
        }
        json.writeEndArray();
    }

    @Override
    public Problem worded(Refusal refusal) {
        return TeiWording.WORDS.worded(refusal);
    }

    @Override
    public String field(String ours) {
        if (!ours.startsWith("input[")) {
            return ours;
        }
        final int index = Integer.parseInt(ours.substring("input[".length(), ours.length() - 1));
        return index == 0 ? SOURCE : SENTENCES + "[" + (index - 1) + "]";
    }

    private static final class Pairing {
        private final List<String> source = new ArrayList<>();
        private final List<String> sentences = new ArrayList<>();

        private List<String> texts() {
            if (source.isEmpty()) {
                throw RequestFailedException.invalid(SOURCE, "must be a text");
            }
            if (sentences.isEmpty()) {
                throw RequestFailedException.empty(SENTENCES, "must be an array of at least one text");
            }
            final List<String> texts = new ArrayList<>(source);
            texts.addAll(sentences);
            return texts;
        }
    }
}
