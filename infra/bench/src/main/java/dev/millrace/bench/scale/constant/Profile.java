package dev.millrace.bench.scale.constant;

import dev.millrace.bench.scale.constant.Constants.Figure;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Constants that belong together. */
public enum Profile {
    /** MiniLM-L6; every trainer has a machine like this project's to itself, and one s3proxy on another serves all. */
    MINILM_CPU(Profile::miniLmOnTwoCores),

    /** As {@link #MINILM_CPU}, but a bucket that does not grow slower with the trainers, a gigabit from each. */
    MINILM_CPU_OBJECT_STORE(Profile::miniLmBesideAnObjectStore),

    /** bge-base on a GPU for each trainer, beside an object store. Nothing of it was measured but nanoseconds a weight. */
    BGE_BASE_GPU(Profile::bgeBaseOnGpu);

    @SuppressWarnings("ImmutableEnumChecker") // a method reference without a state
    private final Supplier<Constants> constants;

    Profile(Supplier<Constants> constants) {
        this.constants = constants;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Constants constants() {
        return constants.get();
    }

    /** Refuses a name that is none, naming those that there are. */
    public static Profile named(String key) {
        return Arrays.stream(values())
                .filter(profile -> profile.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--profile \"" + key + "\" must be one of " + keys()));
    }

    static String keys() {
        return Arrays.stream(values()).map(Profile::key).collect(Collectors.joining(", "));
    }

    private static Constants miniLmOnTwoCores() {
        Map<Constant, Figure> figures = new EnumMap<>(Constant.class);
        figures.put(
                Constant.PAIR_SECONDS,
                new Figure(.075, "bench train: 2.4 s a step of 64; one replayed for each fresh"));
        figures.put(Constant.SPREAD, new Figure(.15, "bench train: sittings from 2.1 to 2.8 s"));
        figures.put(Constant.WEIGHTS, new Figure(22.565, "bench scale --measure"));
        figures.put(Constant.PAIR_BYTES, new Figure(300, "assumed: texts of 32 tokens, id and time"));
        figures.put(Constant.TELL_NANOS, new Figure(19, "bench scale --measure: bf16, its average included"));
        figures.put(Constant.MERGE_NANOS, new Figure(6.5, "bench scale --measure: bf16, its average included"));
        figures.put(
                Constant.EXAMINE_SECONDS, new Figure(5, "bench encode: 2,048 short texts held out at 400 a second"));
        figures.put(
                Constant.SNAPSHOT_SECONDS, new Figure(1, "assumed: --measure took 5.6 s beside twenty other programs"));
        figures.put(Constant.LOAD_SECONDS, new Figure(4, "assumed: --measure took 12 s beside twenty other programs"));
        figures.put(
                Constant.VERSION_MB,
                new Figure(366, "4 numbers a weight (average, weight, moments), and 3 MB of replay"));
        figures.put(Constant.HEAD_MB, new Figure(367, "the same and a tokenizer"));
        figures.put(Constant.SERVED_MB, new Figure(91, "the weights and a tokenizer"));
        figures.put(Constant.SERVE_SECONDS, new Figure(3, "assumed: as a trainer loads"));
        figures.put(
                Constant.UP_MB,
                new Figure(
                        59,
                        "decision 0087: four files of 96 MiB in 6.8 s; --measure beside twenty other programs: 25"));
        figures.put(
                Constant.DOWN_MB,
                new Figure(168, "decision 0087: the same in 2.4 s; --measure beside twenty other programs: 128"));
        figures.put(
                Constant.STREAMS,
                new Figure(1, "decision 0087: one file after the other is as fast, so the server is what limits"));
        return new Constants(figures);
    }

    private static Constants miniLmBesideAnObjectStore() {
        String network = "assumed: a network of 1 Gbit/s";
        return miniLmOnTwoCores()
                .with(Constant.UP_MB, 100, network)
                .with(Constant.DOWN_MB, 100, network)
                .with(Constant.STREAMS, 64, "assumed: an object store of 50 Gbit/s");
    }

    private static Constants bgeBaseOnGpu() {
        Map<Constant, Figure> figures = new EnumMap<>(Constant.class);
        String network = "assumed: 10 Gbit/s, of which S3 over several requests brings two thirds";
        figures.put(
                Constant.PAIR_SECONDS,
                new Figure(.002, "assumed: 8 x 85e6 flop a token (there, back, there again), 256 tokens, 90 TFLOP/s"));
        figures.put(Constant.SPREAD, new Figure(.05, "assumed: a GPU has no neighbours"));
        figures.put(Constant.WEIGHTS, new Figure(109, "its config.json"));
        figures.put(Constant.PAIR_BYTES, new Figure(500, "assumed: texts of 64 tokens"));
        figures.put(Constant.TELL_NANOS, new Figure(19, "as of minilm-cpu: making a share is no work of a GPU today"));
        figures.put(Constant.MERGE_NANOS, new Figure(6.5, "as of minilm-cpu: merging is no work of a GPU today"));
        figures.put(Constant.EXAMINE_SECONDS, new Figure(.5, "assumed: 2,048 texts at 4,000 a second"));
        figures.put(Constant.SNAPSHOT_SECONDS, new Figure(.5, "assumed: 1.7 GB from the GPU at 4 GB/s"));
        figures.put(Constant.LOAD_SECONDS, new Figure(5, "assumed: 1.7 GB from disk and the graph's first run"));
        figures.put(Constant.VERSION_MB, new Figure(1750, "4 numbers a weight, and replay"));
        figures.put(Constant.HEAD_MB, new Figure(1750, "4 numbers a weight, and replay"));
        figures.put(Constant.SERVED_MB, new Figure(438, "the weights"));
        figures.put(Constant.SERVE_SECONDS, new Figure(3, "assumed: as on a CPU"));
        figures.put(Constant.UP_MB, new Figure(800, network));
        figures.put(Constant.DOWN_MB, new Figure(800, network));
        figures.put(Constant.STREAMS, new Figure(16, "assumed: an object store of 100 Gbit/s"));
        return new Constants(figures);
    }
}
