package dev.millrace.trainer.config;

import dev.millrace.checkpoints.version.Names;
import dev.millrace.embedding.network.EncoderOptions;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How the trainer reads the stream and where it computes. */
@ConfigMapping(prefix = "millrace.trainer")
public interface TrainerConfig {
    /** Folder of the model that becomes version 0 of a bucket without versions. */
    Optional<Path> baseModel();

    Path workDir();

    @WithDefault("millrace-trainer")
    @NotBlank
    String group();

    @WithDefault("1024")
    @Min(1)
    @Max(1_000_000)
    int windowPairs();

    @WithDefault("PT30S")
    @DurationMin(millis = 100)
    @DurationMax(hours = 24)
    Duration windowTime();

    /** For how long nothing must have come before what is remembered is learned again. */
    @WithDefault("PT5S")
    @DurationMin(millis = 200)
    @DurationMax(hours = 24)
    Duration consolidationQuiet();

    /** How often a window that fails is tried before its texts are looked at one by one. */
    @WithDefault("3")
    @Min(1)
    @Max(100)
    int windowTries();

    /** So many pairs in a row that could not be learned are set aside; then the stream stands still. */
    @WithDefault("3")
    @Min(0)
    @Max(1_000_000)
    int setAsidesInARow();

    @WithDefault("stable")
    @Pattern(regexp = Names.PATTERN)
    String channel();

    /** Names every version, trusted or not: for encoders that try new ones first. */
    @WithDefault("candidate")
    @Pattern(regexp = Names.PATTERN)
    String candidateChannel();

    @WithDefault("8")
    @Min(1)
    @Max(100_000)
    int keepVersions();

    @WithDefault("cpu")
    @Pattern(regexp = EncoderOptions.DEVICES)
    String device();

    @WithDefault("auto")
    @Pattern(regexp = "auto|fp32|bf16")
    String precision();

    /** 0: as many as the machine has processors. */
    @WithDefault("0")
    @Min(0)
    @Max(256)
    int threads();

    @WithDefault("" + EncoderOptions.TOKEN_BUDGET)
    @Min(16)
    @Max(1_048_576)
    int tokenBudget();

    @WithDefault("PT20S")
    @DurationMin(millis = 1)
    @DurationMax(hours = 1)
    Duration shutdownGrace();

    @WithDefault("PT15M")
    @DurationMin(seconds = 10)
    @DurationMax(hours = 24)
    Duration stallLimit();

    @AssertTrue(message = "millrace.trainer.candidate-channel must be another than millrace.trainer.channel")
    default boolean isCandidateApart() {
        return !candidateChannel().equals(channel());
    }
}
