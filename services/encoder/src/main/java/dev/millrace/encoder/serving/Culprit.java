package dev.millrace.encoder.serving;

import dev.millrace.encoder.request.RequestFailedException;
import java.util.List;
import org.jboss.logging.Logger;

/** Whether a failure is a single text's or the model's: a model that does what it should with a plain word is not at fault. */
final class Culprit {
    private static final Logger LOG = Logger.getLogger(Culprit.class);
    private static final List<String> PLAIN_WORD = List.of("river");

    private final VectorModel model;
    private final TrackRecord record;

    Culprit(VectorModel model, TrackRecord record) {
        this.model = model;
        this.record = record;
    }

    /** Names the first text that cannot be cut alone; {@code failure} itself where it is no text's fault. */
    RuntimeException ofTokenizer(List<String> texts, Throwable failure) {
        if (tokenizes(PLAIN_WORD)) {
            for (int index = 0; index < texts.size(); index++) {
                if (!tokenizes(List.of(texts.get(index)))) {
                    return unencodable(index, failure);
                }
            }
        }
        return failure instanceof RuntimeException plain
                ? plain
                : new IllegalStateException("the tokenizer failed", failure);
    }

    /** A pass as any other to whoever looks for one that does not end. For the model's thread. */
    boolean encodesPlainWord() {
        final long unused = record.begun();
        try {
            return Passes.isFinite(model.encode(model.tokenize(PLAIN_WORD))[0]);
        } catch (RuntimeException | Error broken) {
            LOG.error("A plain word cannot be encoded", broken);
            return false;
        } finally {
            record.ended();
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
        } catch (RuntimeException | Error failure) {
            LOG.debugf(failure, "Tried alone, and failed");
            return false;
        }
    }
}
