package dev.millrace.cluster;

import dev.millrace.devstack.DevStack;
import dev.millrace.devstack.RandomModel;
import dev.millrace.devstack.clients.PatientProducer;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.options.SpareProcess;
import dev.millrace.devstack.options.StackOptions;
import dev.millrace.devstack.process.Await;
import dev.millrace.devstack.process.Screen;
import dev.millrace.events.record.Pair;
import java.time.Duration;
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

    private static final int BATCH = 1000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private SmallStack() {}

    static StackOptions options() {
        StackOptions options = StackOptions.in(SharedPlane.folder("stack"))
                .withModel(RandomModel.folder())
                .withPartitions(PARTITIONS)
                .withSettings(
                        Service.TRAINER,
                        Map.of(
                                "millrace.trainer.window-pairs", "128",
                                "millrace.trainer.window-time", "PT2S",
                                // Windows are short, and one reads few of the partitions that a trainer has.
                                "millrace.round.grace", "PT1S",
                                "millrace.round.deadline", "PT12S",
                                // What a random model learns from made-up words is not what this is about.
                                "millrace.gate.tolerance", "1",
                                "millrace.gate.drift", "2",
                                "millrace.gate.latency-factor", "1000"));
        return options.withSpare(new SpareProcess(TRAINERS.get(1), Service.TRAINER, Map.of()))
                .withSpare(new SpareProcess(TRAINERS.get(2), Service.TRAINER, Map.of()));
    }

    /** Posts so many pairs, in batches as large as may be. */
    static void post(DevStack stack, int pairs) {
        PatientProducer producer =
                new PatientProducer(stack.endpoints().ingestion(), new Await(Screen.silent(), PATIENCE));
        for (int first = 0; first < pairs; first += BATCH) {
            producer.pairs(IntStream.range(first, Math.min(first + BATCH, pairs))
                    .mapToObj(SmallStack::pair)
                    .toList());
        }
    }

    private static Pair pair(int number) {
        return new Pair(
                "pair-" + number,
                "the meaning of " + number,
                Optional.of("what " + number + " stands for"),
                List.of(),
                OptionalDouble.empty(),
                1.0,
                Optional.empty(),
                "test",
                Instant.now());
    }
}
