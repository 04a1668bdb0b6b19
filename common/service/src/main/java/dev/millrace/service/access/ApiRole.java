package dev.millrace.service.access;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Whom a service's API is for. A service with an API produces one.
 *
 * @param role the role that a caller needs
 * @param open paths that whoever reaches the port may read: probes send no token, and learn there no more than that it listens
 */
public record ApiRole(Role role, Set<String> open) {
    /** With nothing open. */
    public ApiRole(Role role) {
        this(role, Set.of());
    }

    /** Of services without an API. */
    @Singleton
    static final class None {
        @Produces
        @Singleton
        @DefaultBean
        ApiRole admin() {
            return new ApiRole(Role.ADMIN);
        }
    }
}
