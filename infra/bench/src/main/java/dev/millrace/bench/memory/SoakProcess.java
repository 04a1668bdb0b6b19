package dev.millrace.bench.memory;

import dev.millrace.bench.command.Results;
import dev.millrace.bench.speed.LearningSettings;
import dev.millrace.bench.speed.LearningStep;
import dev.millrace.devstack.demo.data.Datasets;
import dev.millrace.devstack.demo.data.Example;
import dev.millrace.devstack.process.Screen;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.optim.StepSettings;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.train.TrainableEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The soak itself, in a JVM of its own: trains, then encodes, real texts in batches of every size. */
final class SoakProcess {
    private static final long SEED = 11;
    private static final int MOST_PAIRS = 8;
    private static final int MOST_TEXTS = 64;
    /** A trainer publishes and measures every so often; what that leaves behind counts as well. */
    private static final int STEPS_BETWEEN_AVERAGES = 100;

    private final SoakSettings settings;
    private final List<Example> examples;
    private final TextTokenizer tokenizer;
    private final SplittableRandom random = new SplittableRandom(SEED);

    private SoakProcess(SoakSettings settings, List<Example> examples, TextTokenizer tokenizer) {
        this.settings = settings;
        this.examples = examples;
        this.tokenizer = tokenizer;
    }

    /** Exits with 1 if native memory grew. */
    public static void main(String[] arguments) throws IOException {
        SoakSettings settings = Results.read(arguments[0], SoakSettings.class);
        List<Example> examples =
                Datasets.read(settings.pairs().stream().findFirst(), SEED, Screen.stdout()).chapters().stream()
                        .flatMap(chapter -> chapter.examples().stream())
                        .toList();
        try (TextTokenizer tokenizer = TextTokenizer.load(settings.model())) {
            SoakProcess soak = new SoakProcess(settings, examples, tokenizer);
            List<SoakTrace.Result> results = soak.all();
            Results.write(settings.json(), results);
            results.forEach(result -> Screen.stdout().line(result.line()));
            System.exit(results.stream().allMatch(SoakTrace.Result::passed) ? 0 : 1);
        }
    }

    private List<SoakTrace.Result> all() {
        EncoderOptions options = EncoderOptions.cpu(settings.threads());
        List<SoakTrace.Result> results = new ArrayList<>();
        results.add(train(options));
        results.add(encode("encoding", options.with(Encoder.fastest("cpu"))));
        if (Encoder.impediment(Precision.INT8, "cpu").isEmpty()) {
            results.add(encode("encoding in int8", options.with(Precision.INT8)));
        }
        return results;
    }

    private SoakTrace.Result train(EncoderOptions options) {
        SoakTrace trace = trace("training", settings.work().steps());
        try (TrainableEncoder encoder = TrainableEncoder.load(settings.model(), options, LearningSettings.TRAINING)) {
            while (trace.open()) {
                LearningStep step = LearningStep.of(draw(random.nextInt(2, MOST_PAIRS + 1)), 1e-5);
                encoder.step(step.batch(tokenizer), new StepSettings(step.rate(), 0.01, 1, 0.99, encoder.steps()));
                if (encoder.steps() % STEPS_BETWEEN_AVERAGES == 0) {
                    encodeAveraged(encoder);
                }
                trace.done(1);
            }
        }
        return trace.result();
    }

    private void encodeAveraged(TrainableEncoder trained) {
        try (Encoder encoder = trained.averaged()) {
            encoder.encode(tokenizer.tokenize(queries(MOST_TEXTS)));
        }
    }

    private SoakTrace.Result encode(String phase, EncoderOptions options) {
        SoakTrace trace = trace(phase, settings.work().encodes());
        try (Encoder encoder = Encoder.load(settings.model(), options)) {
            while (trace.open()) {
                int texts = random.nextInt(1, MOST_TEXTS + 1);
                encoder.encode(tokenizer.tokenize(queries(texts)));
                trace.done(texts);
            }
        }
        return trace.result();
    }

    private SoakTrace trace(String phase, int total) {
        return new SoakTrace(phase, total, ProcessMemory::now, Screen.stdout());
    }

    private List<String> queries(int count) {
        return draw(count).stream().map(Example::query).toList();
    }

    private List<Example> draw(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> examples.get(random.nextInt(examples.size())))
                .toList();
    }
}
