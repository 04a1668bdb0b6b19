package dev.millrace.bench.curve;

import dev.millrace.bench.command.Progress;
import dev.millrace.bench.speed.LearningSettings;
import dev.millrace.bench.speed.LearningStep;
import dev.millrace.devstack.process.Screen;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.optim.StepSettings;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.train.TrainableEncoder;
import java.nio.file.Path;
import java.util.Locale;

/** Learns the data order with our training, in this process. */
record MillraceCurve(Path model, EncoderOptions options, Screen screen) {
    private static final int SEED = 1;
    // The published weights are then those of the last step.
    private static final double NO_AVERAGE = 0;

    Curve learn(DataOrder order, Examination examination) {
        String precision = options.precision().name().toLowerCase(Locale.ROOT);
        int steps = order.settings().steps();
        try (TextTokenizer tokenizer = TextTokenizer.load(model);
                TrainableEncoder encoder = TrainableEncoder.load(model, options, LearningSettings.TRAINING)) {
            double before = hitAt1(encoder, tokenizer, examination);
            Progress progress = new Progress("millrace " + precision, steps, screen);
            for (int step = 0; step < steps; step++) {
                LearningStep told = order.step(step);
                progress.loss(encoder.step(told.batch(tokenizer), settings(told, step))
                        .loss());
            }
            double after = hitAt1(encoder, tokenizer, examination);
            return new Curve("millrace", precision, SEED, progress.losses(), before, after);
        }
    }

    private static StepSettings settings(LearningStep told, int step) {
        return new StepSettings(
                told.rate(), LearningSettings.WEIGHT_DECAY, LearningSettings.CLIP_NORM, NO_AVERAGE, SEED + step);
    }

    private static double hitAt1(TrainableEncoder encoder, TextTokenizer tokenizer, Examination examination) {
        try (Encoder now = encoder.averaged()) {
            return examination.hitAt1(now.encode(tokenizer.tokenize(examination.texts())));
        }
    }
}
