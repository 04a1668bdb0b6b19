package dev.millrace.encoder.serving;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a caller wants: the texts are within the limits already, the rest depends on the version that answers. */
public record EmbeddingsRequest(List<String> input, Optional<String> model, Encoding encoding, OptionalInt dimensions) {

    /** How vectors are written. */
    public enum Encoding {
        FLOAT,
        BASE64
    }
}
