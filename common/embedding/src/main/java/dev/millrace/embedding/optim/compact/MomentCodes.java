package dev.millrace.embedding.optim.compact;

import java.util.Map;
import java.util.Optional;

/** What is kept of optimizers' moments by the name of the part; a part without a code is kept as it is. */
final class MomentCodes {
    private static final Map<String, MomentCode> BY_PART =
            Map.of("first", new FirstMomentCode(), "second", new SecondMomentCode());

    private MomentCodes() {}

    /** Of a moment named {@code PART.WEIGHT}. */
    static Optional<MomentCode> of(String name) {
        return Optional.ofNullable(BY_PART.get(name.substring(0, name.indexOf('.'))));
    }
}
