package dev.millrace.bench.speed;

import dev.millrace.bench.command.AbsentException;
import dev.millrace.bench.command.Contender;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.network.Processor;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Finds who can be measured on this machine, ours in its fastest precision first; says who is absent, and why. */
final class Contenders implements AutoCloseable {
    private final List<Contender> present = new ArrayList<>();
    private final Consumer<String> screen;

    Contenders(Consumer<String> screen) {
        this.screen = screen;
    }

    List<Contender> present() {
        return present;
    }

    void training(Path model, int threads, Optional<PythonPeer.Setting> python) {
        precisions(threads, EncoderOptions.cpu(threads).precision()).forEach(options -> trainer(model, options));
        peer("sentence-transformers", "fp32", python);
        peer("sentence-transformers", "bf16", python);
        peer("torch", "fp32", python);
        peer("torch", "bf16", python);
        peer("torch-compiled", "bf16", python);
    }

    void encoding(Path model, int threads, Optional<PythonPeer.Setting> python, Optional<URI> tei) {
        precisions(threads, Encoder.fastest("cpu").precision())
                .forEach(options -> present.add(new MillraceEncoder(model, options)));
        Encoder.impediment(Precision.INT8, "cpu")
                .ifPresentOrElse(
                        reason -> screen.accept("! millrace (int8) is absent: " + reason),
                        () -> present.add(new MillraceEncoder(
                                model, EncoderOptions.cpu(threads).with(Precision.INT8))));
        peer("sentence-transformers", "fp32", python);
        peer("sentence-transformers", "bf16", python);
        peer("onnxruntime", "fp32", python);
        tei.ifPresentOrElse(
                url -> add("text-embeddings-inference", () -> new TextEmbeddingsInference(url)),
                () -> screen.accept("! text-embeddings-inference is absent: no --tei URL"));
    }

    private void trainer(Path model, EncoderOptions options) {
        Processor.here()
                .handicap(options.precision())
                .ifPresentOrElse(
                        reason -> screen.accept("! millrace ("
                                + options.precision().name().toLowerCase(Locale.ROOT) + ") is left out: " + reason),
                        () -> present.add(new MillraceTrainer(model, options)));
    }

    private static List<EncoderOptions> precisions(int threads, Precision fastest) {
        Precision other = fastest == Precision.BF16 ? Precision.FP32 : Precision.BF16;
        EncoderOptions options = EncoderOptions.cpu(threads);
        return List.of(options.with(fastest), options.with(other));
    }

    private void peer(String who, String precision, Optional<PythonPeer.Setting> python) {
        String name = who + " (" + precision + ")";
        python.ifPresentOrElse(
                setting -> add(name, () -> new PythonPeer(who, precision, setting)),
                () -> screen.accept("! " + name + " is absent: no --python PATH"));
    }

    private void add(String name, Supplier<Contender> contender) {
        screen.accept("loading " + name);
        try {
            present.add(contender.get());
        } catch (AbsentException e) {
            screen.accept("! " + name + " is absent: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        present.forEach(Contender::close);
    }
}
