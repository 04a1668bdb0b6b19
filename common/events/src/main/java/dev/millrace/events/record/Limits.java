package dev.millrace.events.record;

import java.time.Duration;

/** The bounds every event keeps, whoever wrote it. Characters are UTF-16 code units. */
public final class Limits {
    /** How far ahead of its arrival an event may say that it happened: clocks and time zones are wrong by less. */
    public static final Duration AHEAD = Duration.ofDays(1);

    /**
     * Longest text (anchor, positive, negative, query, result, document), counted after surrounding white space is stripped. Not what a
     * model reads, which cuts texts by its own tokens, but what is parsed for it: 16 characters for each of 8,192 tokens, more than
     * twice what those of any language have.
     */
    public static final int TEXT_CHARS = 16 * 8192;

    /** Longest identifier (ids, groups, sources, channels, versions, spaces). */
    public static final int ID_CHARS = 256;

    /** Least weight of a pair: below, single precision loses it beside the others, and nobody can mean it. */
    public static final double LEAST_WEIGHT = 1e-6;

    /** Greatest weight of a pair. */
    public static final int GREATEST_WEIGHT = 100;

    /** Most hard negatives of one pair. */
    public static final int NEGATIVES = 64;

    /** Most results of one impression. */
    public static final int RESULTS = 200;

    /** Deepest nesting of a JSON document; the array of a batch counts as one level. */
    public static final int JSON_DEPTH = 16;

    /** Largest JSON value of a pair, impression, click, document or checkpoint event, in bytes. */
    public static final int VALUE_BYTES = 1 << 20;

    /** Largest JSON value of a dead letter, in bytes: it carries a whole value in base64, a third longer. */
    public static final int DEAD_LETTER_BYTES = 2 << 20;

    private Limits() {}
}
