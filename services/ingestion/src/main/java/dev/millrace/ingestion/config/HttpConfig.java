package dev.millrace.ingestion.config;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** Who may call. */
@ConfigMapping(prefix = "millrace.http")
public interface HttpConfig {
    Optional<@Pattern(regexp = "\\S+") String> token();
}
