package dev.millrace.evaluate.model;

import dev.millrace.client.encoder.EncoderClient;
import dev.millrace.client.encoder.ServedModel;
import dev.millrace.client.encoder.TextType;
import dev.millrace.client.failure.RefusedException;
import dev.millrace.client.http.ClientSettings;
import dev.millrace.embedding.model.InputType;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A running encoder, asked over REST, always for the version that its channel pointed to when it was first asked. */
final class RemoteEncoder implements TextEncoder {
    /** Texts of a request: an encoder takes more, but others wait for theirs meanwhile. */
    private static final int BATCH = 128;

    private final EncoderClient client;
    private final URI url;
    private final String version;

    RemoteEncoder(URI url, Optional<String> token) {
        this.url = url;
        ClientSettings settings = ClientSettings.at(url);
        client = new EncoderClient(token.map(settings::withToken).orElse(settings));
        version = waiting(() -> client.models().stream()
                .filter(model -> model.id().equals(EncoderClient.STABLE))
                .map(ServedModel::version)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(url + " serves no version yet")));
    }

    @Override
    public String name() {
        return version + " at " + url.getAuthority();
    }

    @Override
    public float[][] encode(InputType type, List<String> texts) {
        List<float[]> vectors = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += BATCH) {
            List<String> batch = texts.subList(from, Math.min(texts.size(), from + BATCH));
            try {
                vectors.addAll(
                        waiting(() -> client.embed(version, said(type), batch).vectors()));
            } catch (RefusedException e) {
                throw new RefusedTextException(e);
            }
        }
        return vectors.toArray(float[][]::new);
    }

    private static TextType said(InputType type) {
        return switch (type) {
            case QUERY -> TextType.QUERY;
            case DOCUMENT -> TextType.DOCUMENT;
            case UNSAID -> TextType.UNSAID;
        };
    }

    private interface Answer<T> {
        T get() throws InterruptedException;
    }

    private static <T> T waiting(Answer<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the encoder was asked", e);
        }
    }

    @Override
    public void close() {
        // Its connections are the JDK's, and go with the process.
    }
}
