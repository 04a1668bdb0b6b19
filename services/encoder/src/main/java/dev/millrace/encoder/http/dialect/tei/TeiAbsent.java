package dev.millrace.encoder.http.dialect.tei;

import dev.millrace.encoder.http.dialect.Dialect;
import dev.millrace.encoder.http.dialect.Question;
import dev.millrace.encoder.http.dialect.Wording;
import dev.millrace.encoder.request.Failure;
import dev.millrace.encoder.request.RequestFailedException;
import java.util.Set;

/** What Text Embeddings Inference has for models of other kinds; it answers for ours as this does. */
public final class TeiAbsent implements Dialect {
    @Override
    public Set<String> paths() {
        return Set.of("/embed_all", "/embed_sparse", "/predict", "/rerank");
    }

    @Override
    public Wording wording() {
        return TeiWording.WORDS;
    }

    @Override
    public Question read(byte[] body) {
        throw RequestFailedException.of(
                Failure.UNSUPPORTED, "the model gives each text one dense vector: ask at /embed or /similarity");
    }
}
