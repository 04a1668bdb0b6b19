package dev.millrace.embedding.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.RandomBert;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.network.Route;
import dev.millrace.embedding.text.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Position tables as long as that of bge-m3, an XLM-RoBERTa. */
class LongTextTest {
    private static final int TOKENS = 8192;

    @TempDir
    private Path folder;

    @Test
    void aTextOfEightThousandTokensBesideAShortOneIsReadByBothEngines() throws IOException {
        // Given the two rows before a text's first token, as RoBERTa has them
        Path model = new RandomBert(1, 32, TOKENS + 2, 0, 5).write(folder, List.of("river", "water"));
        Path config = model.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"bert\"", "\"xlm-roberta\""));
        List<Tokens> texts = List.of(text(TOKENS), text(7));
        EncoderOptions options = EncoderOptions.cpu(2).with(Precision.FP32);
        ModelFolder read = ModelFolder.read(model);

        // When
        float[][] expected;
        float[][] vectors;
        try (Encoder torch = Encoder.load(read, options.with(Route.Engine.LIBTORCH));
                Encoder kernels = Encoder.load(read, options.with(Route.Engine.KERNELS))) {
            expected = torch.encode(texts);
            vectors = kernels.encode(texts);
        }

        // Then
        assertThat(read.config().maxTokens()).isEqualTo(TOKENS);
        for (int text = 0; text < texts.size(); text++) {
            for (int i = 0; i < expected[text].length; i++) {
                assertThat(vectors[text][i])
                        .as("text %d, value %d", text, i)
                        .isCloseTo(expected[text][i], within(1e-5f));
            }
        }
    }

    private static Tokens text(int length) {
        return new Tokens(new SplittableRandom(length).ints(length, 0, 6).toArray(), false);
    }
}
