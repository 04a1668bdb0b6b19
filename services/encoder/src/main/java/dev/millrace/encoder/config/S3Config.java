package dev.millrace.encoder.config;

import dev.millrace.checkpoints.s3.S3Settings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.Optional;

/** The bucket with the versions and channels. */
@ConfigMapping(prefix = "millrace.s3")
public interface S3Config {
    URI endpoint();

    @WithDefault("us-east-1")
    @NotBlank
    String region();

    @WithDefault("millrace")
    @NotBlank
    String bucket();

    @NotBlank
    String accessKey();

    @NotBlank
    String secretKey();

    Optional<String> prefix();

    default S3Settings settings() {
        return new S3Settings(endpoint().toString(), region(), bucket(), prefix().orElse(""), accessKey(), secretKey());
    }
}
