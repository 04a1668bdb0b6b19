package dev.millrace.chaos.plan;

import dev.millrace.chaos.plan.Fault.Freeze;
import dev.millrace.chaos.plan.Fault.Kill;
import dev.millrace.chaos.plan.Fault.Manner;
import dev.millrace.chaos.plan.Fault.Outage;
import dev.millrace.chaos.plan.Fault.Restart;
import dev.millrace.chaos.plan.Fault.Scale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Which fault falls when: drawn from the seed alone, before anything runs. */
public record FaultPlan(List<Step> steps) {
    /** Faults are so many accepted pairs apart: a quarter of a window to two, so that the trainer gets on between them. */
    private static final int LEAST_APART = Settings.WINDOW / 4;

    private static final int MOST_APART = 2 * Settings.WINDOW;

    /** Where in a window's second the fault falls. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(1500);

    private static final Duration LONGEST_DOWN = Duration.ofMillis(1500);
    private static final Duration LONGEST_AWAY = Duration.ofSeconds(15);
    private static final Duration SHORTEST_OUTAGE = Duration.ofSeconds(1);
    /** Longer than the trainers' session: while it sleeps, its partition is given to others. */
    private static final Duration LONGEST_FREEZE = Duration.ofSeconds(6);

    public FaultPlan {
        steps = List.copyOf(steps);
    }

    /**
     * One fault.
     *
     * @param after it falls once so many pairs are accepted
     * @param pause and so much later
     */
    public record Step(long after, Duration pause, Fault fault) {}

    public static FaultPlan draw(Settings settings) {
        Random random = new Random(settings.seed());
        List<Fault> faults = new ArrayList<>();
        Settings.Faults wanted = settings.faults();
        faults.addAll(dealt(wanted.kills(), i -> new Kill(victim(settings, i, random), upTo(LONGEST_DOWN, random))));
        faults.addAll(
                dealt(wanted.freezes(), i -> new Freeze(victim(settings, i, random), upTo(LONGEST_FREEZE, random))));
        faults.addAll(dealt(wanted.restarts(), i -> new Restart(trainer(settings, random))));
        faults.addAll(dealt(wanted.outages(), i -> outage(i, wanted.longestOutage(), random)));
        faults.addAll(dealt(wanted.scales(), i -> new Scale(trainer(settings, random), upTo(LONGEST_AWAY, random))));
        Collections.shuffle(faults, random);
        return new FaultPlan(steps(faults, random));
    }

    private static List<Fault> dealt(int count, IntFunction<Fault> fault) {
        return IntStream.range(0, count).mapToObj(fault).toList();
    }

    /** A trainer first, then each of the others; from then on a trainer three times in four. */
    private static String victim(Settings settings, int number, Random random) {
        List<String> others = settings.others();
        if (number >= 1 && number <= others.size()) {
            return others.get(number - 1);
        }
        boolean trainer = number == 0 || others.isEmpty() || random.nextInt(4) > 0;
        return trainer ? trainer(settings, random) : others.get(random.nextInt(others.size()));
    }

    private static String trainer(Settings settings, Random random) {
        return settings.trainerNames()
                .get(random.nextInt(settings.trainerNames().size()));
    }

    /** Broker and bucket in turn, each refusing and then silent. */
    private static Fault outage(int number, Duration longest, Random random) {
        String victim = number % 2 == 0 ? "kafka" : "s3";
        Manner manner = number % 4 < 2 ? Manner.REFUSING : Manner.SILENT;
        // The square: most outages are short, and every length is met in the end.
        double share = Math.pow(random.nextDouble(), 2);
        long span = longest.minus(SHORTEST_OUTAGE).toMillis();
        return new Outage(victim, manner, SHORTEST_OUTAGE.plusMillis((long) (share * span)));
    }

    private static List<Step> steps(List<Fault> faults, Random random) {
        List<Step> steps = new ArrayList<>();
        long after = 0;
        for (Fault fault : faults) {
            after += random.nextInt(LEAST_APART, MOST_APART + 1);
            steps.add(new Step(after, upTo(LONGEST_PAUSE, random), fault));
        }
        return steps;
    }

    private static Duration upTo(Duration most, Random random) {
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }

    /** Of this kind. */
    public long count(Class<? extends Fault> kind) {
        return steps.stream().filter(step -> kind.isInstance(step.fault())).count();
    }
}
