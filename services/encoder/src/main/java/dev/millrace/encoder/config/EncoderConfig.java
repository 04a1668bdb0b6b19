package dev.millrace.encoder.config;

import dev.millrace.checkpoints.version.Names;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** What this service serves and within which limits; the README's table explains every key. */
@ConfigMapping(prefix = "millrace.encoder")
public interface EncoderConfig {
    @WithDefault("stable")
    @Pattern(regexp = Names.PATTERN)
    String channel();

    @WithDefault("PT1S")
    @DurationMin(millis = 50)
    @DurationMax(minutes = 10)
    Duration pollInterval();

    Path cacheDir();

    @WithDefault("auto")
    Precision precision();

    @WithDefault("cpu")
    @Pattern(regexp = "cpu|cuda(:[0-9]{1,2})?")
    String device();

    @WithDefault("0")
    @Min(0)
    @Max(256)
    int threads();

    @WithDefault("2048")
    @Min(1)
    @Max(2048)
    int maxBatch();

    @WithDefault("1000000")
    @Min(1024)
    @Max(100_000_000)
    int queueTokens();

    @WithDefault("8192")
    @Min(64)
    @Max(1_000_000)
    int batchTokens();

    @WithDefault("32M")
    @WithConverter(MemorySizeConverter.class)
    MemorySize bodiesInMemory();

    @WithDefault("PT30S")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 10)
    Duration deadline();

    @WithDefault("PT5M")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration loadLimit();

    @WithDefault("PT2M")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration stallLimit();

    @WithDefault("1")
    @Min(0)
    @Max(16)
    int maxPinned();

    @WithDefault("PT15M")
    @DurationMin(millis = 100)
    @DurationMax(hours = 24)
    Duration pinnedIdle();

    Optional<Set<@NotBlank String>> aliases();

    @Valid
    WatchConfig watch();

    /** The arithmetic of the linear layers. */
    enum Precision {
        AUTO,
        FP32,
        BF16,
        INT8
    }
}
