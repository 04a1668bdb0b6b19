package dev.millrace.encoder.http.dialect;

import dev.millrace.encoder.request.Failure;
import dev.millrace.service.http.Problem;
import java.util.Optional;

/** How an API says that it does not answer. Every refusal is a problem of RFC 9457; its clients look for members of their own. */
public interface Wording {
    /** The problem with those members, and with the status by which this API's clients know the failure. */
    Problem worded(Refusal refusal);

    /**
     * A refusal before it is worded.
     *
     * @param problem names the field, if any, already
     * @param field at fault, as this API calls it
     */
    record Refusal(Failure failure, Problem problem, Optional<String> field) {
        /** All in one sentence, for those who read no more than that. */
        public String message() {
            return field.map(name -> name + " " + problem.detail()).orElse(problem.detail());
        }
    }

    /** What this API calls a field that is at fault by our own name. */
    default String field(String ours) {
        return ours;
    }
}
