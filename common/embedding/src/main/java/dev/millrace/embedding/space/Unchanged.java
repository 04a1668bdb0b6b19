package dev.millrace.embedding.space;

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
