package dev.millrace.encoder.http.dialect;

import dev.millrace.embedding.model.InputType;
import dev.millrace.encoder.request.EmbeddingsRequest;
import dev.millrace.encoder.request.EmbeddingsRequest.VersionChoice;
import dev.millrace.encoder.request.PromptChoice;
import dev.millrace.encoder.request.RequestFailedException;
import dev.millrace.encoder.request.Whole;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A request as far as it has been read. For the thread that reads it. */
public final class Draft {
    private EmbeddingsRequest.Input input = new EmbeddingsRequest.Texts(List.of());
    private PromptChoice prompt = PromptChoice.NONE;
    private VersionChoice version = VersionChoice.SERVED;
    private OptionalInt dimensions = OptionalInt.empty();
    private Optional<Whole> whole = Optional.empty();

    public void input(EmbeddingsRequest.Input read) {
        input = read;
    }

    public void texts(List<String> read) {
        input = new EmbeddingsRequest.Texts(read);
    }

    public void type(InputType read) {
        prompt = new PromptChoice(read, prompt.name(), prompt.task());
    }

    public void promptName(String read) {
        prompt = new PromptChoice(prompt.type(), Optional.of(read), prompt.task());
    }

    public void task(String read) {
        prompt = new PromptChoice(prompt.type(), prompt.name(), Optional.of(read));
    }

    public void model(String read) {
        version = version.of(read);
    }

    public void space(String read) {
        version = version.fitting(read);
    }

    public void dimensions(int read) {
        dimensions = OptionalInt.of(read);
    }

    /** Of several such wishes the narrowest counts. */
    public void whole(Whole read) {
        whole = whole.filter(before -> before.tokens() <= read.tokens()).or(() -> Optional.of(read));
    }

    /**
     * The request.
     *
     * @param field that its input is expected in
     * @throws RequestFailedException naming it when there is none
     */
    public EmbeddingsRequest complete(String field) {
        if (input.isEmpty()) {
            throw RequestFailedException.empty(field, "must be a text or an array of at least one text");
        }
        return new EmbeddingsRequest(input, prompt, version, dimensions, whole);
    }
}
