package dev.millrace.embedding.space.method;

import dev.millrace.embedding.space.PairedVectors;
import dev.millrace.embedding.space.SpaceAdapter;
import dev.millrace.embedding.space.SpaceMethod;

/** No adapter: the newer vectors as they are, which all others are compared with. */
public record Unchanged() implements SpaceMethod {
    @Override
    public String name() {
        return "unchanged";
    }

    @Override
    public SpaceAdapter fit(PairedVectors pairs) {
        return vector -> vector;
    }
}
