package dev.millrace.admin.audit;

import java.util.Optional;

/**
 * A record of the topic of pairs.
 *
 * @param partition where it is, such as {@code pairs-0}
 * @param offset its place there
 * @param id the pair's id; empty when the record is no valid pair
 */
record TopicRecord(String partition, long offset, Optional<String> id) {}
