package dev.millrace.cluster;

import dev.millrace.devstack.RandomModel;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.options.SpareProcess;
import dev.millrace.devstack.options.StackOptions;
import dev.millrace.events.record.Pair;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** All of Millrace on this machine, with a model of no worth: its trainers stand for pods of a cluster. */
final class SmallStack {
    static final int PARTITIONS = 8;
    /** The first runs from the beginning. */
    static final List<String> TRAINERS = List.of("trainer", "trainer-2", "trainer-3");

    private SmallStack() {}

    static StackOptions options() {
        StackOptions options = StackOptions.in(SharedPlane.folder("stack"))
                .withModel(RandomModel.folder())
                .withPartitions(PARTITIONS)
                .withSettings(
                        Service.TRAINER,
                        Map.of(
                                "millrace.trainer.window-pairs", "32",
                                "millrace.trainer.window-time", "PT2S",
                                // What a random model learns from made-up words is not what this is about.
                                "millrace.gate.tolerance", "1",
                                "millrace.gate.drift", "2",
                                "millrace.gate.latency-factor", "1000"));
        return options.withSpare(new SpareProcess(TRAINERS.get(1), Service.TRAINER, Map.of()))
                .withSpare(new SpareProcess(TRAINERS.get(2), Service.TRAINER, Map.of()));
    }

    static List<Pair> pairs(int number) {
        return IntStream.range(0, number)
                .mapToObj(pair -> new Pair(
                        "pair-" + pair,
                        "the meaning of " + pair,
                        Optional.of("what " + pair + " stands for"),
                        List.of(),
                        OptionalDouble.empty(),
                        1.0,
                        Optional.empty(),
                        "test",
                        Instant.now()))
                .toList();
    }
}
