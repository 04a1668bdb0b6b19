package dev.millrace.service.s3;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.Optional;

/**
 * The bucket with the versions and channels. A service that has one declares a mapping of {@code millrace.s3} that extends this:
 * mappings with constraints count wherever they are found, so one declared here would be required of services without a bucket.
 */
public interface S3Config {
    /** The server's http(s) address. */
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

    /** Goes before every object's key. */
    Optional<String> prefix();
}
