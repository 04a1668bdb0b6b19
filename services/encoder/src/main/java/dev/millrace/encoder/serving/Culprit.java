package dev.millrace.encoder.serving;

import dev.millrace.encoder.request.RequestFailedException;
import java.util.List;
import org.jboss.logging.Logger;

/** Whether a failure is a single text's or the model's: a model that does what it should with a plain word is not at fault. */
final class Culprit {
    private static final Logger LOG = Logger.getLogger(Culprit.class);
    private static final List<String> PLAIN_WORD = List.of("river");

    private final VectorModel model;

    Culprit(VectorModel model) {
        this.model = model;
    }

    /** Names the first text that cannot be cut alone; {@code failure} itself where it is no text's fault. */
    RuntimeException ofTokenizer(List<String> texts, RuntimeException failure) {
        if (!tokenizes(PLAIN_WORD)) {
            return failure;
        }
        for (int index = 0; index < texts.size(); index++) {
            if (!tokenizes(List.of(texts.get(index)))) {
                return unencodable(index, failure);
            }
        }
        return failure;
    }

    /** For the model's thread. */
    boolean encodesPlainWord() {
        try {
            return Passes.isFinite(model.encode(model.tokenize(PLAIN_WORD))[0]);
        } catch (RuntimeException | Error broken) {
            LOG.error("A plain word cannot be encoded", broken);
            return false;
        }
    }

    RequestFailedException unencodable(int index, Throwable failure) {
        final String field = "input[" + index + "]";
        LOG.warnf("A request is refused, as %s cannot be encoded: %s", field, failure);
        return RequestFailedException.unencodable(field, "cannot be encoded by this version: " + failure.getMessage());
    }

    private boolean tokenizes(List<String> texts) {
        try {
            return !model.tokenize(texts).isEmpty();
        } catch (RuntimeException failure) {
            LOG.debugf(failure, "Tried alone, and failed");
            return false;
        }
    }
}
