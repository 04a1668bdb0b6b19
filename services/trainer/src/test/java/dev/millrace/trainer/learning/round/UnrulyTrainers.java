package dev.millrace.trainer.learning.round;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Trainers that read where they like, and shares of theirs that come late, twice and in any order. */
final class UnrulyTrainers {
    private static final int PARTITIONS = 3;

    final Map<String, List<OffsetRange>> merged = new HashMap<>();
    final List<Share> come = new ArrayList<>();
    SortedMap<String, Long> offsets = new TreeMap<>();
    private final List<Share> ever = new ArrayList<>();
    private final Random random;

    UnrulyTrainers(long seed) {
        random = new Random(seed);
    }

    long next(int partition) {
        return offsets.getOrDefault("pairs-" + partition, 0L);
    }

    /** Some read something, and bring it; sometimes an older share comes again. */
    void read() {
        for (int trainer = 0; trainer < 1 + random.nextInt(4); trainer++) {
            OffsetRange[] ranges = IntStream.range(0, PARTITIONS)
                    .filter(partition -> random.nextInt(3) == 0)
                    .mapToObj(this::anywhere)
                    .toArray(OffsetRange[]::new);
            if (ranges.length > 0) {
                Share share = Rounds.share("trainer-" + trainer, random.nextInt(4), ranges);
                come.add(share);
                ever.add(share);
            }
        }
        if (random.nextInt(3) == 0 && !ever.isEmpty()) {
            come.add(ever.get(random.nextInt(ever.size())));
        }
    }

    /** Mostly where the versions end, sometimes before or behind. */
    private OffsetRange anywhere(int partition) {
        int where = random.nextInt(8) == 0 ? random.nextInt(9) - 4 : 0;
        long from = Math.max(0, next(partition) + where);
        return Rounds.range(partition, from, from + 1 + random.nextInt(6));
    }

    /** A version of what has come; what is left comes again. */
    void round() {
        read();
        Collections.shuffle(come, random);
        Selection selection = Selection.of(offsets, come);
        selection.merged().stream().flatMap(share -> share.ranges().stream()).forEach(range -> merged.computeIfAbsent(
                        range.partition(), name -> new ArrayList<>())
                .add(range));
        offsets = new TreeMap<>(selection.offsets());
        come.clear();
        come.addAll(selection.left());
    }
}
