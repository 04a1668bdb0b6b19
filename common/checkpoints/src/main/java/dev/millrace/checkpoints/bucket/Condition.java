package dev.millrace.checkpoints.bucket;

import java.util.Optional;

/** What must hold for a write to happen; checked by the bucket itself. */
public sealed interface Condition {

    /** Write whatever is there. */
    Condition ALWAYS = new Always();

    /** Write only when the key is free (`If-None-Match: *`). */
    Condition IF_ABSENT = new IfAbsent();

    /** Write only over the object with this ETag (`If-Match`). */
    static Condition ifMatch(final String etag) {
        return new IfMatch(etag);
    }

    /** Whether a write would be allowed over what is stored now, given by its unquoted ETag. */
    boolean holdsFor(Optional<String> storedEtag);

    /** See {@link Condition#ALWAYS}. */
    record Always() implements Condition {
        @Override
        public boolean holdsFor(final Optional<String> storedEtag) {
            return true;
        }
    }

    /** See {@link Condition#IF_ABSENT}. */
    record IfAbsent() implements Condition {
        @Override
        public boolean holdsFor(final Optional<String> storedEtag) {
            return storedEtag.isEmpty();
        }
    }

    /** See {@link Condition#ifMatch}. */
    record IfMatch(String etag) implements Condition {
        @Override
        public boolean holdsFor(final Optional<String> storedEtag) {
            return storedEtag.filter(etag::equals).isPresent();
        }
    }
}
