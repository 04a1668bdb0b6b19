package dev.millrace.bench.scale.simulation;

import dev.millrace.bench.scale.constant.Constants;
import dev.millrace.bench.scale.simulation.Scenario.Meeting;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.trainer.learning.round.OffsetRange;
import dev.millrace.trainer.learning.round.Share;
import dev.millrace.trainer.learning.round.Work;
import java.util.List;
import java.util.stream.IntStream;

/** All that trainers of a simulation share. */
record World(Clock clock, BucketLink link, SimulatedLineage lineage, Constants constants, Scenario scenario) {
    static World of(Constants constants, Scenario scenario) {
        Clock clock = new Clock();
        return new World(
                clock, new BucketLink(clock, constants.streams()), new SimulatedLineage(), constants, scenario);
    }

    Meeting meeting() {
        return scenario.meeting();
    }

    PairStream stream() {
        return scenario.stream();
    }

    static String partition(int number) {
        return "pairs-" + number;
    }

    List<String> partitions() {
        return IntStream.range(0, scenario.trainers())
                .mapToObj(World::partition)
                .toList();
    }

    double shareBytes(long pairs) {
        return constants.shareBytes(meeting().bytesPerWeight(), pairs);
    }

    /** What a trainer says of pairs of its partition; of {@code base} only that it is one. */
    static Share share(int trainer, int base, long from, long pairs) {
        return new Share(
                "trainer-%03d".formatted(trainer),
                "version-" + base,
                List.of(new OffsetRange(partition(trainer), from, from + pairs)),
                new Work(pairs, 1, new Records(pairs, 0, 0, 0)));
    }
}
