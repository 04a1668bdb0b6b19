package dev.millrace.devstack.demo.data;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Splits a whole into integer shares in proportion to sizes, by largest remainder, so that they add up. */
final class Shares {
    private Shares() {}

    static <K extends Comparable<K>> Map<K, Integer> of(int whole, Map<K, Integer> sizes) {
        long sum = sizes.values().stream().mapToLong(Integer::longValue).sum();
        Map<K, Integer> shares = new TreeMap<>();
        sizes.forEach((key, size) -> shares.put(key, (int) ((long) whole * size / sum)));
        int rest = whole - shares.values().stream().mapToInt(Integer::intValue).sum();
        sizes.entrySet().stream()
                .sorted(Comparator.<Map.Entry<K, Integer>>comparingLong(
                                entry -> -((long) whole * entry.getValue() % sum))
                        .thenComparing(Map.Entry::getKey))
                .limit(rest)
                .map(Map.Entry::getKey)
                .collect(Collectors.toList())
                .forEach(key -> shares.merge(key, 1, Integer::sum));
        return shares;
    }
}
