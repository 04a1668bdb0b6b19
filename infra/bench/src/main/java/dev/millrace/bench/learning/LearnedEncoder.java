package dev.millrace.bench.learning;

import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.model.InputType;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.evaluate.model.TextEncoder;
import java.nio.file.Path;
import java.util.List;

/** What was learned, as an encoder would serve it, in fp32. */
public record LearnedEncoder(String name, TextTokenizer tokenizer, Encoder encoder) implements TextEncoder {
    public static LearnedEncoder of(String name, Path version, EncoderOptions options) {
        return new LearnedEncoder(
                name, TextTokenizer.load(version), Encoder.load(version, options.with(Precision.FP32)));
    }

    @Override
    public float[][] encode(InputType type, List<String> texts) {
        return encoder.encode(tokenizer.tokenize(type, texts));
    }

    @Override
    public void close() {
        encoder.close();
        tokenizer.close();
    }
}
