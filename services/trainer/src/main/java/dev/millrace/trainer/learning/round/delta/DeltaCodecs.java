package dev.millrace.trainer.learning.round.delta;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The codecs by their keys. */
public final class DeltaCodecs {
    /** Of top-k: every twentieth weight. */
    private static final double KEPT = 0.05;

    private static final Map<String, DeltaCodec> BY_KEY =
            List.of(new FloatCodec(), new BrainFloatCodec(), new ByteCodec(), new TopKCodec(KEPT)).stream()
                    .collect(Collectors.toMap(DeltaCodec::key, Function.identity()));

    private DeltaCodecs() {}

    /**
     * The codec of this name.
     *
     * @throws IllegalArgumentException naming those that there are
     */
    public static DeltaCodec named(String key) {
        return Optional.ofNullable(BY_KEY.get(key))
                .orElseThrow(() -> new IllegalArgumentException(
                        "codec \"" + key + "\" must be one of " + new TreeSet<>(BY_KEY.keySet())));
    }
}
