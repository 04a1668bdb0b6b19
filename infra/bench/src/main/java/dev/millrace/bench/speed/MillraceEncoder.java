package dev.millrace.bench.speed;

import dev.millrace.bench.command.Work;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.text.TextTokenizer;
import java.nio.file.Path;
import java.util.List;

/** Our encoder, in this process. */
final class MillraceEncoder implements Ours {
    private final EncoderOptions options;
    private final TextTokenizer tokenizer;
    private final Encoder encoder;

    MillraceEncoder(Path model, EncoderOptions options) {
        this.options = options;
        this.tokenizer = TextTokenizer.load(model);
        this.encoder = Encoder.load(model, options);
    }

    @Override
    public EncoderOptions options() {
        return options;
    }

    @Override
    public double measure(Work work) {
        return Timing.encoding(
                work,
                texts -> encoder.encode(
                        texts.size() == 1 ? List.of(tokenizer.tokenize(texts.get(0))) : tokenizer.tokenize(texts)));
    }

    @Override
    public void close() {
        encoder.close();
        tokenizer.close();
    }
}
