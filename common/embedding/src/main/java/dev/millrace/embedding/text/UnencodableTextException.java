package dev.millrace.embedding.text;

/** One of the texts that were given has no vector in this model, or none that this machine can compute; the others have. */
public final class UnencodableTextException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int index;
    private final String reason;

    /**
     * Names the text.
     *
     * @param index its place among the texts as they were given, from 0
     * @param reason in words that may be shown to whoever sent it
     */
    public UnencodableTextException(int index, String reason) {
        super("text " + index + " cannot be encoded: " + reason);
        this.index = index;
        this.reason = reason;
    }

    /** The text's place among those that were given, from 0. */
    public int index() {
        return index;
    }

    /** Why, without the text's place. */
    public String reason() {
        return reason;
    }
}
