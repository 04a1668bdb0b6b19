package dev.millrace.attribution.config;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** The installation's token; the README's table explains what it means here. */
@ConfigMapping(prefix = "millrace.http")
public interface HttpConfig {
    Optional<@Pattern(regexp = "\\S+") String> token();
}
