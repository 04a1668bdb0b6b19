package dev.millrace.chaos.plan;

import dev.millrace.devstack.options.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a run is to do to the stack.
 *
 * @param targets who trains, and who else may be hit
 */
public record Settings(long seed, Faults faults, Targets targets) {
    /** Pairs in a window; the tiny model learns one in about a second. */
    public static final int WINDOW = 48;

    /**
     * How much goes wrong.
     *
     * @param kills SIGKILLs, 0..10000
     * @param scales trainers told to go, who come back later, 0..1000
     * @param outages of broker or bucket, 0..1000
     * @param longestOutage 1 s .. 10 min
     */
    public record Faults(int kills, int scales, int outages, Duration longestOutage) {
        public Faults {
            require("kills", kills, 0, 10_000);
            require("scales", scales, 0, 1000);
            require("outages", outages, 0, 1000);
            require("longest-outage", longestOutage.toSeconds(), 1, 600);
            if (kills + scales + outages == 0) {
                throw new IllegalArgumentException("--kills, --scales and --outages are all 0: nothing would happen");
            }
        }

        /** SIGSTOPs: one for every four kills. */
        public int freezes() {
            return kills / 4;
        }

        /** SIGTERMs: one for every four kills. */
        public int restarts() {
            return kills / 4;
        }
    }

    /**
     * Who is there.
     *
     * @param trainers in one group, 1..8: each learns its partitions, and who has none stands by
     * @param partitions of the topic, 1..16
     * @param rivals trainers, each in a group of its own: all of them learn the same records, 0..8
     * @param onlyTrainers whether the other services are left alone
     */
    public record Targets(int trainers, int partitions, int rivals, boolean onlyTrainers) {
        public Targets {
            require("trainers", trainers, 1, 8);
            require("partitions", partitions, 1, 16);
            require("rivals", rivals, 0, 8);
        }

        /** Whether the same records give the same bytes: where they have one order. */
        public boolean repeatable() {
            return partitions == 1;
        }

        public List<String> rivalNames() {
            return IntStream.rangeClosed(1, rivals).mapToObj(i -> "rival-" + i).toList();
        }
    }

    private static void require(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("--" + what + " must be " + least + ".." + most + ", not " + value);
        }
    }

    public List<String> trainerNames() {
        List<String> names = new ArrayList<>();
        IntStream.rangeClosed(1, targets.trainers()).forEach(i -> names.add(i == 1 ? "trainer" : "trainer-" + i));
        names.addAll(targets.rivalNames());
        return names;
    }

    /** The other services. */
    public List<String> others() {
        return targets.onlyTrainers()
                ? List.of()
                : List.of(Service.ATTRIBUTION.folder(), Service.ENCODER.folder(), Service.INGESTION.folder());
    }

    /**
     * By when it has ended, in whatever state. Generous: some seconds a fault on an idle machine, more on a busy one, and as much
     * again for the run without faults that the weights are compared with.
     */
    public Duration limit() {
        int count = faults.kills() + faults.scales() + faults.freezes() + faults.restarts();
        return Duration.ofMinutes(6)
                .plusSeconds(45L * count)
                .plus(faults.longestOutage().plusSeconds(60).multipliedBy(faults.outages()));
    }
}
