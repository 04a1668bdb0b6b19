package dev.millrace.bench.scale.simulation;

import dev.millrace.bench.scale.constant.Constants;
import dev.millrace.bench.scale.simulation.Scenario.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trainers at work on one lineage, in simulated time: each does what the service's trainer does, step by step, and takes as
 * long as the constants say. Which shares fit is decided by the service's selection, when they are merged by its quorum. The same
 * arguments give the same outcome.
 */
public final class Simulation {
    private final World world;
    private final List<SimulatedTrainer> trainers = new ArrayList<>();
    private final SplittableRandom random;

    public Simulation(Constants constants, Scenario scenario, long seed) {
        world = World.of(constants, scenario);
        random = new SplittableRandom(seed);
        for (int i = 0; i < scenario.trainers(); i++) {
            trainers.add(trainer(i, seed));
        }
    }

    private SimulatedTrainer trainer(int number, long seed) {
        if (world.scenario().trainers() == 1) {
            return new AloneTrainer(world, number, seed);
        }
        return world.meeting().has(Change.WAIT)
                ? new RoundTrainer(world, number, seed)
                : new OverlappingTrainer(world, number, seed);
    }

    /** Goes on for so many seconds. */
    public Outcome run(double seconds) {
        trainers.forEach(trainer -> world.clock().after(0, trainer::takeUp));
        Trouble trouble = world.scenario().trouble();
        for (double at = trouble.every(); at < seconds; at += trouble.every()) {
            world.clock().at(at, () -> strike(trouble.away()));
        }
        world.clock().runUntil(seconds);
        return new Outcome(
                world.lineage().published(),
                trainers.stream().map(SimulatedTrainer::spent).toList(),
                world.link().bytes(),
                seconds);
    }

    private void strike(double away) {
        List<SimulatedTrainer> there =
                trainers.stream().filter(SimulatedTrainer::isThere).toList();
        if (!there.isEmpty()) {
            there.get(random.nextInt(there.size())).die(away);
        }
    }
}
