package dev.millrace.chaos;

import dev.millrace.chaos.Blow.Freeze;
import dev.millrace.chaos.Blow.Kill;
import dev.millrace.chaos.Blow.Manner;
import dev.millrace.chaos.Blow.Outage;
import dev.millrace.chaos.Blow.Restart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Which blow falls when: drawn from the seed alone, before anything runs. */
record Plan(List<Step> steps) {
    /** Blows are so many accepted pairs apart: a quarter of a window to two, so that the trainer gets on between them. */
    private static final int LEAST_APART = Settings.WINDOW / 4;

    private static final int MOST_APART = 2 * Settings.WINDOW;

    /** Where in a window's second the blow falls. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(1500);

    private static final Duration LONGEST_DOWN = Duration.ofMillis(1500);
    private static final Duration SHORTEST_OUTAGE = Duration.ofSeconds(1);
    /** Longer than the trainers' session: while it sleeps, its partition is given to others. */
    private static final Duration LONGEST_FREEZE = Duration.ofSeconds(6);

    Plan {
        steps = List.copyOf(steps);
    }

    /**
     * One blow.
     *
     * @param after it falls once so many pairs are accepted
     * @param pause and so much later
     */
    record Step(long after, Duration pause, Blow blow) {}

    static Plan draw(Settings settings) {
        Random random = new Random(settings.seed());
        List<Blow> blows = new ArrayList<>();
        blows.addAll(dealt(settings.kills(), i -> new Kill(victim(settings, i, random), upTo(LONGEST_DOWN, random))));
        blows.addAll(
                dealt(settings.freezes(), i -> new Freeze(victim(settings, i, random), upTo(LONGEST_FREEZE, random))));
        blows.addAll(dealt(settings.restarts(), i -> new Restart(trainer(settings, random))));
        blows.addAll(dealt(settings.outages(), i -> outage(i, settings.longestOutage(), random)));
        Collections.shuffle(blows, random);
        return new Plan(steps(blows, random));
    }

    private static List<Blow> dealt(int count, IntFunction<Blow> blow) {
        return IntStream.range(0, count).mapToObj(blow).toList();
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
    private static Blow outage(int number, Duration longest, Random random) {
        String victim = number % 2 == 0 ? "kafka" : "s3";
        Manner manner = number % 4 < 2 ? Manner.REFUSING : Manner.SILENT;
        // The square: most outages are short, and every length is met in the end.
        double share = Math.pow(random.nextDouble(), 2);
        long span = longest.minus(SHORTEST_OUTAGE).toMillis();
        return new Outage(victim, manner, SHORTEST_OUTAGE.plusMillis((long) (share * span)));
    }

    private static List<Step> steps(List<Blow> blows, Random random) {
        List<Step> steps = new ArrayList<>();
        long after = 0;
        for (Blow blow : blows) {
            after += random.nextInt(LEAST_APART, MOST_APART + 1);
            steps.add(new Step(after, upTo(LONGEST_PAUSE, random), blow));
        }
        return steps;
    }

    private static Duration upTo(Duration most, Random random) {
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }

    /** Of this kind. */
    long count(Class<? extends Blow> kind) {
        return steps.stream().filter(step -> kind.isInstance(step.blow())).count();
    }
}
