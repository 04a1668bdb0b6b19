package dev.millrace.bench.learning;

import dev.millrace.trainer.learning.round.OuterStep;
import dev.millrace.trainer.learning.round.delta.DeltaCodec;
import dev.millrace.trainer.learning.round.delta.DeltaCodecs;

/**
 * A way in which trainers work together.
 *
 * @param trainers how many
 * @param codec what they tell each other by
 * @param step what is made of it
 * @param ahead whether each learns its next window before it knows what was made of the one before
 */
record Together(int trainers, DeltaCodec codec, OuterStep step, boolean ahead) {
    /** One trainer, by whom the others are measured. */
    static final Together ALONE = new Together(1, DeltaCodecs.named("fp32"), OuterStep.MEAN, false);

    /** Out of {@code RATE/MOMENTUM/SCALING}. */
    static OuterStep step(String text) {
        String[] parts = text.split("/", -1);
        String refusal = "\"" + text + "\" is not RATE/MOMENTUM/SCALING";
        if (parts.length != 3) {
            throw new IllegalArgumentException(refusal);
        }
        try {
            return new OuterStep(
                    Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(refusal, e);
        }
    }

    /** The step as it is said on the command line, and whether it is waited for. */
    String outer() {
        String said = String.join("/", number(step.rate()), number(step.momentum()), number(step.scaling()));
        return ahead ? said + " ahead" : said;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
