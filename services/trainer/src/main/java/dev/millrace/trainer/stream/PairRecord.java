package dev.millrace.trainer.stream;

import dev.millrace.events.Decoded;
import dev.millrace.events.Pair;

/**
 * A record of the pairs topic.
 *
 * @param partition its partition's name such as {@code pairs-0}
 * @param offset its place there
 * @param decoded the pair, or why it is none
 */
public record PairRecord(String partition, long offset, Decoded<Pair> decoded) {}
