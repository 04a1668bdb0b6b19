package dev.millrace.encoder.config;

import dev.millrace.service.kafka.TopicsConfig;
import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** Where channel moves are announced; without servers the encoder only polls the bucket. */
@ConfigMapping(prefix = "millrace.kafka")
public interface AnnouncementsConfig extends TopicsConfig {
    Optional<@Pattern(regexp = ".*\\S.*", message = "must not be blank") String> bootstrapServers();
}
