package dev.millrace.encoder.http.dialect.tei;

import dev.millrace.encoder.http.dialect.Wording;
import dev.millrace.service.http.Problem;

/** {@code error} and {@code error_type} of Text Embeddings Inference, with its statuses. */
public final class TeiWording implements Wording {
    public static final Wording WORDS = new TeiWording();

    private static final int FAILED_DEPENDENCY = 424;
    private static final int UNPROCESSABLE = 422;

    private TeiWording() {}

    @Override
    public Problem worded(Refusal refusal) {
        return withStatus(refusal).with("error", refusal.message()).with("error_type", type(refusal));
    }

    /** What is wrong with a field is unprocessable there, what is no JSON at all is not. */
    private static Problem withStatus(Refusal refusal) {
        return switch (refusal.failure()) {
            case INTERNAL, UNSUPPORTED -> refusal.problem().as(FAILED_DEPENDENCY);
            case INVALID -> refusal.field().isPresent() ? refusal.problem().as(UNPROCESSABLE) : refusal.problem();
            default -> refusal.problem();
        };
    }

    private static String type(Refusal refusal) {
        return switch (refusal.failure()) {
            case EMPTY -> "Empty";
            case UNENCODABLE -> "Tokenizer";
            case OVERLOADED -> "Overloaded";
            case NOT_READY -> "Unhealthy";
            case INTERNAL, UNSUPPORTED, DEADLINE, ABANDONED -> "Backend";
            case INVALID, UNAUTHORIZED, UNKNOWN_MODEL, TOO_LARGE -> "Validation";
        };
    }

    @Override
    public String field(String ours) {
        return ours.startsWith("input[") ? "inputs" + ours.substring("input".length()) : ours;
    }
}
