package dev.millrace.admin.reindex;

import dev.millrace.client.encoder.Embeddings;
import dev.millrace.client.encoder.EncoderClient;
import dev.millrace.client.encoder.ServedModel;
import dev.millrace.client.encoder.TextType;
import java.util.ArrayList;
import java.util.List;

/**
 * An encoder's vectors of one version, whatever it serves meanwhile.
 *
 * @param batch texts in a request
 */
record PinnedEncoder(EncoderClient client, String version, int batch) {
    /** The version that the name stands for now. */
    static String versionOf(EncoderClient client, String name) throws InterruptedException {
        return client.models().stream()
                .filter(model -> model.id().equals(name))
                .map(ServedModel::version)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the encoder serves nothing under the name " + name));
    }

    /** Vectors of documents; never of two versions, which would make an index that nothing fits. */
    List<float[]> vectors(List<String> texts) throws InterruptedException {
        List<float[]> vectors = new ArrayList<>();
        for (int begin = 0; begin < texts.size(); begin += batch) {
            List<String> part = texts.subList(begin, Math.min(texts.size(), begin + batch));
            Embeddings answer = client.embed(version, TextType.DOCUMENT, part);
            if (!answer.version().equals(version)) {
                throw new IllegalStateException("asked for vectors of " + version + ", the encoder gave those of "
                        + answer.version() + ": the index would be of two spaces");
            }
            vectors.addAll(answer.vectors());
        }
        return vectors;
    }
}
