package dev.millrace.service.access;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Configured tokens, for tests. */
final class Tokens {
    private Tokens() {}

    /** {@code keys} without their prefix {@code millrace.http}. */
    static Credentials of(Map<String, String> keys) {
        final Map<String, String> prefixed = new java.util.HashMap<>();
        keys.forEach((key, value) -> prefixed.put("millrace.http." + key, value));
        return new Credentials(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(prefixed, "test", 100))
                .withMapping(HttpConfig.class)
                .build()
                .getConfigMapping(HttpConfig.class));
    }
}
