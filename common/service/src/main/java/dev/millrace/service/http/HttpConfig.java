package dev.millrace.service.http;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** Who may call a service. */
@ConfigMapping(prefix = "millrace.http")
public interface HttpConfig {
    /** What callers send as a bearer token; empty: anybody may call, from this machine only. */
    Optional<@Pattern(regexp = "\\S+", message = "must be without white space") String> token();
}
