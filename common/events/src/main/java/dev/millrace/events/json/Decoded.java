package dev.millrace.events.json;

/** What became of reading an event: the event, or the field at fault and why. */
public sealed interface Decoded<T> {

    /** The event, which keeps every bound of the contract. */
    record Valid<T>(T event) implements Decoded<T> {}

    /**
     * A refusal.
     *
     * @param field the field's path, such as {@code results[2].text}; empty when the value as a whole is bad
     * @param reason what is wrong, to be read after the field's name; never repeats the sender's data
     */
    record Invalid<T>(String field, String reason) implements Decoded<T> {}
}
