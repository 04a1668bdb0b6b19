package dev.millrace.operator.chart;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** What was computed last, up to so many. For one thread. */
final class Recent<K, V> {
    private final Map<K, V> kept;

    Recent(int capacity) {
        kept = new LinkedHashMap<>(capacity, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }

    V get(K key, Function<K, V> compute) {
        return kept.computeIfAbsent(key, compute);
    }
}
