package dev.millrace.encoder.config;

/** What the bucket allows as the name of a version or a channel. */
public final class Names {
    public static final String PATTERN = "[a-z0-9][a-z0-9.-]{0,62}";

    private Names() {}
}
