package dev.millrace.trainer.config;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** Who may call. */
@ConfigMapping(prefix = "millrace.http")
public interface HttpConfig {
    Optional<@Pattern(regexp = ".*\\S.*", message = "must not be blank") String> token();
}
