package dev.millrace.events.record;

/**
 * An event's field lies outside what the contract allows. Thrown by the records' constructors only; reading JSON answers
 * with the field and the reason instead.
 */
public final class InvalidEventException extends IllegalArgumentException {
    private final String field;
    private final String reason;

    /**
     * A refusal.
     *
     * @param field the field's path; empty when the value as a whole is bad
     * @param reason what is wrong, to be read after the field's name
     */
    public InvalidEventException(String field, String reason) {
        super(field.isEmpty() ? reason : field + " " + reason);
        this.field = field;
        this.reason = reason;
    }

    /** The field's path, such as {@code results[2].text}; empty when the value as a whole is bad. */
    public String field() {
        return field;
    }

    /** What is wrong, to be read after the field's name; never repeats the sender's data. */
    public String reason() {
        return reason;
    }

    /** The same refusal of a field that lies within {@code parent}. */
    public InvalidEventException within(String parent) {
        return new InvalidEventException(field.isEmpty() ? parent : parent + "." + field, reason);
    }

    /** A refused event is an everyday outcome on the hot path, told by field and reason: no stack is walked for it. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
