package dev.millrace.service.access;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Whom a service's API is for. A service with an API produces one.
 *
 * @param role the role that a caller needs
 */
public record ApiRole(Role role) {
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
