package dev.millrace.operator.condition;

/** What was asked for cannot be done as it is; trying again alone does not help. */
public final class TroubleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Trouble trouble;

    public TroubleException(Trouble trouble) {
        super(trouble.reason() + ": " + trouble.message());
        this.trouble = trouble;
    }

    public Trouble trouble() {
        return trouble;
    }
}
