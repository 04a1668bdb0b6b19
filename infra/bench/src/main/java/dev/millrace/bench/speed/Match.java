package dev.millrace.bench.speed;

import dev.millrace.bench.command.AbsentException;
import dev.millrace.bench.command.Contender;
import dev.millrace.bench.command.Measurement;
import dev.millrace.bench.command.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Every contender does every work in turns: one run each, round after round. */
record Match(List<Contender> contenders, int runs, Consumer<String> screen) {
    private static final int WARM_UP = 3;

    List<Measurement> play(Work work) {
        Map<Contender, List<Double>> figures = new HashMap<>();
        List<Contender> able = new ArrayList<>(contenders);
        for (int round = -WARM_UP; round < runs; round++) {
            screen.accept(work.name() + (round < 0 ? ", warming up" : ", round " + (round + 1) + " of " + runs));
            for (Contender contender : List.copyOf(able)) {
                turn(
                        work,
                        contender,
                        able,
                        round < 0 ? new ArrayList<>() : figures.computeIfAbsent(contender, c -> new ArrayList<>()));
            }
        }
        return able.stream()
                .map(contender -> Measurement.of(work, contender, figures.get(contender)))
                .toList();
    }

    private void turn(Work work, Contender contender, List<Contender> able, List<Double> figures) {
        try {
            figures.add(contender.measure(work));
        } catch (AbsentException e) {
            able.remove(contender);
            screen.accept("! " + contender.who() + " (" + contender.precision() + ") is left out of " + work.name()
                    + ": " + e.getMessage());
        }
    }
}
