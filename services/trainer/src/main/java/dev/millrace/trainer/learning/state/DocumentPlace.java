package dev.millrace.trainer.learning.state;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Up to where documents were read.
 *
 * @param topic the id of the topic that the offsets belong to; empty where nothing was read yet
 * @param next the offset after the last one read, by partition
 */
public record DocumentPlace(Optional<String> topic, SortedMap<Integer, Long> next) {
    public static final DocumentPlace BEGINNING = new DocumentPlace(Optional.empty(), new TreeMap<>());
}
