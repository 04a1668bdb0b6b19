package dev.millrace.trainer.config;

import dev.millrace.checkpoints.version.Names;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.service.range.Within;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

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
    @Within("1 .. 1000000")
    int windowPairs();

    @WithDefault("PT30S")
    @Within("100 ms .. 24 h")
    Duration windowTime();

    /** For how long nothing must have come before what is remembered is learned again. */
    @WithDefault("PT5S")
    @Within("200 ms .. 24 h")
    Duration consolidationQuiet();

    /** How often a window that fails is tried before its texts are looked at one by one. */
    @WithDefault("3")
    @Within("1 .. 100")
    int windowTries();

    /** So many pairs in a row that could not be learned are set aside; then the stream stands still. */
    @WithDefault("3")
    @Within("0 .. 1000000")
    int setAsidesInARow();

    @WithDefault("stable")
    @Pattern(regexp = Names.PATTERN)
    String channel();

    /** Names every version, trusted or not: for encoders that try new ones first. */
    @WithDefault("candidate")
    @Pattern(regexp = Names.PATTERN)
    String candidateChannel();

    @WithDefault("8")
    @Within("1 .. 100000")
    int keepVersions();

    /** For how long a version keeps its files whatever their number, as an encoder may still be fetching them. */
    @WithDefault("PT10M")
    @Within("0 .. 720 h")
    Duration retentionTime();

    @WithDefault("cpu")
    @Pattern(regexp = EncoderOptions.DEVICES)
    String device();

    @WithDefault("auto")
    @Pattern(regexp = "auto|fp32|bf16")
    String precision();

    /** 0: as many as the machine has processors. */
    @WithDefault("0")
    @Within("0 .. 256")
    int threads();

    @WithDefault("" + EncoderOptions.TOKEN_BUDGET)
    @Within("16 .. 1048576")
    int tokenBudget();

    @WithDefault("PT20S")
    @Within("1 ms .. 1 h")
    Duration shutdownGrace();

    @WithDefault("PT15M")
    @Within("10 s .. 24 h")
    Duration stallLimit();

    @AssertTrue(message = "millrace.trainer.candidate-channel must be another than millrace.trainer.channel")
    default boolean isCandidateApart() {
        return !candidateChannel().equals(channel());
    }
}
