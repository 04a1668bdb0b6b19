package dev.millrace.service.access;

import java.util.Locale;

/** In what capacity somebody calls. */
public enum Role {
    PRODUCER,
    READER,
    ADMIN;

    /** The configuration key of this role's own token. */
    String key() {
        return "millrace.http.tokens." + word();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
