package dev.millrace.embedding.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.model.Configs;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.network.Route;
import dev.millrace.embedding.text.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelEncodingTest {
    private static final ModelConfig BGE_BASE = Configs.bert(12, 768, 512);
    private static final EncoderOptions OPTIONS = EncoderOptions.cpu(2).with(Precision.FP32);

    @TempDir
    private Path folder;

    /** Says which engine a model gets; a process of its own, since this one has the module. */
    public static final class Engine {
        private Engine() {}

        public static void main(String[] arguments) {
            ModelFolder model = ModelFolder.read(Path.of(arguments[0]));
            System.out.println(KernelEncoding.engine(model.config(), OPTIONS.with(Route.Engine.KERNELS)));
        }
    }

    @Test
    void withoutTheVectorModuleLibtorchEncodesAndALineSaysSo() throws IOException {
        // Given
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Engine.class.getName(),
                        Models.miniLm().toString())
                .redirectErrorStream(true)
                .start();

        // When
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertThat(said).contains("--add-modules jdk.incubator.vector").endsWith("LIBTORCH" + System.lineSeparator());
    }

    @Test
    void vectorsAreThoseOfLibtorchForTextsOfEveryLengthAndBatchesOfEverySize() {
        // Given
        ModelFolder model = ModelFolder.read(Models.miniLm());
        SplittableRandom random = new SplittableRandom(7);
        try (Encoder torch = Encoder.load(model, OPTIONS.with(Route.Engine.LIBTORCH));
                Encoder kernels = Encoder.load(model, OPTIONS.with(Route.Engine.KERNELS))) {
            for (int count : new int[] {1, 2, 3, 31}) {
                List<Tokens> texts = IntStream.range(0, count)
                        .mapToObj(i -> text(random, count == 31 ? 1 + 8 * i : 1 + random.nextInt(40)))
                        .toList();

                // When
                float[][] vectors = kernels.encode(texts);

                // Then
                float[][] expected = torch.encode(texts);
                for (int text = 0; text < count; text++) {
                    for (int i = 0; i < expected[text].length; i++) {
                        assertThat(vectors[text][i])
                                .as("text %d of %d, value %d", text, count, i)
                                .isCloseTo(expected[text][i], within(1e-5f));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cpu, KERNELS, 32, KERNELS",
        "cpu, LIBTORCH, 32, LIBTORCH",
        "cuda, KERNELS, 32, LIBTORCH",
        "cpu, KERNELS, 24, LIBTORCH"
    })
    void itIsTheRoutesWhereDeviceAndWidthsAllowIt(String device, Route.Engine chosen, int hidden, Route.Engine engine)
            throws IOException {
        // Given
        Path model = Models.random(folder, 0);
        Path config = model.resolve("config.json");
        Files.writeString(
                config, Files.readString(config).replace("\"hidden_size\": 32", "\"hidden_size\": " + hidden));
        EncoderOptions options =
                new EncoderOptions(device, Precision.FP32, 2, EncoderOptions.TOKEN_BUDGET).with(chosen);

        // When
        Route.Engine answer = KernelEncoding.engine(ModelFolder.read(model).config(), options);

        // Then
        assertThat(answer).isEqualTo(engine);
    }

    /** A fifth of the heap was once where the engine changed without a word. */
    @ParameterizedTest
    @CsvSource({"BF16, 256", "BF16, 512", "FP32, 512"})
    void aHeapThatHoldsTheWeightsIsEnough(Precision precision, long mib) {
        assertThatCode(() -> KernelEncoding.requireHeap(BGE_BASE, precision, mib << 20))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"BF16, 200", "FP32, 400"})
    void aHeapThatDoesNotIsNamed(Precision precision, long mib) {
        assertThatThrownBy(() -> KernelEncoding.requireHeap(BGE_BASE, precision, mib << 20))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("MiB of this model's weights in the JVM's heap, which is " + mib + " MiB");
    }

    private static Tokens text(SplittableRandom random, int length) {
        return new Tokens(random.ints(length, 1000, 30_000).toArray(), false);
    }
}
