package dev.millrace.embedding.network;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a model is computed: what decides the bytes of vectors and of trained weights besides the model, the batches and the number of
 * threads. Chosen by device and processor alone, never by a trial, a heap or a neighbour; and recorded beside what was trained, so that all
 * trainers of a lineage compute as its first one chose.
 *
 * @param precision number format of the products
 * @param engine what encodes on a CPU where the model allows it
 * @param products how training multiplies
 */
public record Route(Precision precision, Engine engine, Products products) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "route.json";
    private static final String KEY = "route";

    /** What encodes. */
    public enum Engine {
        /** The JVM's own vector instructions. */
        KERNELS,
        /** libtorch, on any device. */
        LIBTORCH
    }

    /** How libtorch multiplies in training. */
    public enum Products {
        /** By its linear layer: MKL's products in fp32, oneDNN's in bf16. */
        LINEAR,
        /** By oneDNN's convolution: MKL's products in fp32 are half as fast on AMD's processors with AVX-512; with AVX2 they are faster. */
        CONVOLUTION
    }

    /** One line of the table: the fastest precision to train in, what encodes in bf16, how fp32 is multiplied. */
    private record Choice(Precision training, Engine bf16, Products fp32) {}

    private static final Map<Processor.Kind, Choice> CHOICES = Map.of(
            Processor.Kind.TILES, new Choice(Precision.BF16, Engine.LIBTORCH, Products.LINEAR),
            Processor.Kind.INTEL, new Choice(Precision.FP32, Engine.KERNELS, Products.LINEAR),
            Processor.Kind.AMD_BF16, new Choice(Precision.BF16, Engine.LIBTORCH, Products.CONVOLUTION),
            Processor.Kind.AMD, new Choice(Precision.FP32, Engine.KERNELS, Products.LINEAR),
            Processor.Kind.OTHER, new Choice(Precision.FP32, Engine.KERNELS, Products.LINEAR));

    /** The fastest in this precision. */
    public static Route of(Processor processor, String device, Precision precision) {
        if (!device.startsWith("cpu")) {
            return new Route(precision, Engine.LIBTORCH, Products.LINEAR);
        }
        Choice choice = CHOICES.get(processor.kind());
        return switch (precision) {
            case BF16 -> new Route(precision, choice.bf16(), Products.LINEAR);
            case FP32 -> new Route(precision, Engine.KERNELS, choice.fp32());
            case INT8 -> new Route(precision, Engine.KERNELS, Products.LINEAR);
        };
    }

    /** The fastest to train by. */
    public static Route forTraining(Processor processor, String device) {
        return of(
                processor,
                device,
                device.startsWith("cpu") ? CHOICES.get(processor.kind()).training() : Precision.BF16);
    }

    /**
     * The fastest to encode by, of fp32 and bf16. The kernels only keep weights in bf16 (half the memory to read) and add up in fp32:
     * cosine to fp32 above .9999.
     *
     * @param kernels whether this process offers them
     */
    public static Route forEncoding(Processor processor, String device, boolean kernels) {
        return kernels ? of(processor, device, Precision.BF16) : forTraining(processor, device);
    }

    /** Such as {@code bf16 libtorch linear}; {@link #parse} reads it. */
    @Override
    public String toString() {
        return (precision + " " + engine + " " + products).toLowerCase(Locale.ROOT);
    }

    /**
     * The route that {@link #toString} wrote.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Route parse(String text) {
        String[] parts = text.toUpperCase(Locale.ROOT).split(" ", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a route, such as \"bf16 libtorch linear\": " + text);
        }
        return new Route(Precision.valueOf(parts[0]), Engine.valueOf(parts[1]), Products.valueOf(parts[2]));
    }

    /** Writes it beside what is trained by it, into a folder that is made if need be. */
    public void record(Path trainingState) {
        try {
            Files.createDirectories(trainingState);
            JSON.writeValue(trainingState.resolve(FILE).toFile(), Map.of(KEY, toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@link #record} wrote there; empty in a folder of before routes were recorded. */
    public static Optional<Route> recorded(Path trainingState) {
        Path file = trainingState.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(JSON.readTree(file.toFile()).path(KEY).asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
