package dev.millrace.bench.curve;

import java.util.List;

/**
 * What one contender learned; the names are those of the JSON.
 *
 * @param who millrace or torch
 * @param seed of its dropout
 * @param losses of each step's batch, before the step
 * @param hitBefore share of held-out queries whose first document is right, with the model as it was
 * @param hitAfter the same with the weights of the last step
 */
record Curve(String who, String precision, int seed, List<Double> losses, double hitBefore, double hitAfter) {
    Curve {
        losses = List.copyOf(losses);
    }

    String name() {
        return who + " " + precision + (who.equals("torch") ? " seed " + seed : "");
    }

    /** Mean loss of the steps [from, to). */
    double mean(int from, int to) {
        return losses.subList(from, to).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }
}
