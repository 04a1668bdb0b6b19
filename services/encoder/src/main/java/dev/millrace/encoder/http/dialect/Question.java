package dev.millrace.encoder.http.dialect;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.encoder.request.EmbeddingsAnswer;
import dev.millrace.encoder.request.EmbeddingsRequest;
import java.io.IOException;

/**
 * What is asked, and how the answer is to be written.
 *
 * @param form of this very request: APIs let the caller choose
 */
public record Question(EmbeddingsRequest request, Form form) {
    /** An answer's body. */
    @FunctionalInterface
    public interface Form {
        /** Writes it straight from the arrays. */
        void write(EmbeddingsAnswer answer, JsonGenerator json) throws IOException;
    }

    /** The answer to be written so. */
    public Answered answered(EmbeddingsAnswer answer) {
        return new Answered(answer, form);
    }

    /** An answer on its way to be written. */
    public record Answered(EmbeddingsAnswer answer, Form form) {}
}
