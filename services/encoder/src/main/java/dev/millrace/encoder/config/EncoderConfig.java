package dev.millrace.encoder.config;

import dev.millrace.checkpoints.version.Names;
import dev.millrace.encoder.serving.ModelLimits;
import dev.millrace.encoder.versions.catalog.PinnedVersions;
import dev.millrace.service.range.Within;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What this service serves and within which limits; the README's table explains every key. */
@ConfigMapping(prefix = "millrace.encoder")
public interface EncoderConfig {
    @WithDefault("stable")
    @Pattern(regexp = Names.PATTERN)
    String channel();

    @WithDefault("PT1S")
    @Within("50 ms .. 10 min")
    Duration pollInterval();

    Path cacheDir();

    @WithDefault("auto")
    Precision precision();

    @WithDefault("cpu")
    @Pattern(regexp = "cpu|cuda(:[0-9]{1,2})?")
    String device();

    @WithDefault("0")
    @Within("0 .. 256")
    int threads();

    @WithDefault("2048")
    @Within("1 .. 2048")
    int maxBatch();

    @WithDefault("refused")
    EmptyTexts emptyTexts();

    @WithDefault("1000000")
    @Within("1024 .. 100000000")
    int queueTokens();

    @WithDefault("8192")
    @Within("64 .. 1000000")
    int batchTokens();

    @WithDefault("32M")
    @WithConverter(MemorySizeConverter.class)
    MemorySize bodiesInMemory();

    @WithDefault("PT30S")
    @Within("10 ms .. 10 min")
    Duration deadline();

    @WithDefault("PT5M")
    @Within("1 s .. 1 h")
    Duration loadLimit();

    @WithDefault("PT2M")
    @Within("1 s .. 1 h")
    Duration stallLimit();

    @WithDefault("1")
    @Within("0 .. 16")
    int maxPinned();

    @WithDefault("PT15M")
    @Within("100 ms .. 24 h")
    Duration pinnedIdle();

    Optional<Set<@NotBlank String>> aliases();

    @Valid
    WatchConfig watch();

    @Valid
    SpacesConfig spaces();

    /** What becomes of a text without characters. */
    enum EmptyTexts {
        REFUSED,
        ENCODED
    }

    /** Of each model. */
    default ModelLimits modelLimits() {
        return new ModelLimits(queueTokens(), batchTokens(), loadLimit());
    }

    /** Of versions beside the served one. */
    default PinnedVersions.Limits pinnedLimits() {
        return new PinnedVersions.Limits(maxPinned(), pinnedIdle());
    }

    /** The arithmetic of the linear layers. */
    enum Precision {
        AUTO,
        FP32,
        BF16,
        INT8
    }
}
