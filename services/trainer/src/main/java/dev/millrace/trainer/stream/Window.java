package dev.millrace.trainer.stream;

import dev.millrace.events.Pair;
import java.util.List;
import java.util.SortedMap;

/**
 * Consecutive records of each partition, taken together.
 *
 * @param pairs the valid ones, in the order they were read
 * @param setAside how many were not valid and went to the dead letters
 * @param next for each partition read from, by its name, the offset after the last record taken
 */
public record Window(List<Pair> pairs, long setAside, SortedMap<String, Long> next) {}
