package dev.millrace.devstack.demo.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one caller, asking steadily, sees of the versions: which answered first when, and how long it waited around a reload. */
public final class Timeline {
    private final List<Served> served = new ArrayList<>();
    private Duration lastTook = Duration.ZERO;

    /**
     * A version that answers.
     *
     * @param since its first answer
     * @param reload the slower of the last answer before it and its first; empty for the first version seen
     */
    public record Served(String version, Instant since, Optional<Duration> reload) {}

    public synchronized void answered(String version, Instant at, Duration took) {
        Optional<Served> now = current();
        if (now.isEmpty() || !now.get().version().equals(version)) {
            Duration slower = took.compareTo(lastTook) > 0 ? took : lastTook;
            served.add(new Served(version, at, now.map(before -> slower)));
        }
        lastTook = took;
    }

    public synchronized List<Served> served() {
        return List.copyOf(served);
    }

    public synchronized Optional<Served> current() {
        return served.isEmpty() ? Optional.empty() : Optional.of(served.get(served.size() - 1));
    }

    public Percentiles reloadMillis() {
        return new Percentiles(served().stream()
                .flatMap(version -> version.reload().stream())
                .map(reload -> reload.toNanos() / 1e6)
                .toList());
    }
}
