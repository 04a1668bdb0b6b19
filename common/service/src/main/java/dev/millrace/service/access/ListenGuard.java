package dev.millrace.service.access;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The rule of every service, judged before any part of it is made: reachable beyond loopback only with a token for its callers, and
 * on the management port only with one for admins.
 */
@Singleton
public final class ListenGuard {
    static final String OWN = "quarkus.http.host";
    static final String MANAGEMENT = "quarkus.management.host";

    void start(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent started,
            @ConfigProperty(name = OWN) String own,
            @ConfigProperty(name = MANAGEMENT) String management,
            Credentials credentials,
            ApiRole api) {
        require(OWN, own, credentials, api.role());
        require(MANAGEMENT, management, credentials, Role.ADMIN);
    }

    /**
     * Lets a service listen, or not.
     *
     * @param key the host's
     * @param host a name or address of this machine
     * @param role of whoever calls there
     * @throws ConfigurationException naming the keys, when the host is beyond loopback and nobody can have the role
     */
    static void require(String key, String host, Credentials credentials, Role role) {
        if (!credentials.exist(role) && !isLoopback(key, host)) {
            throw new ConfigurationException("millrace.http.token or " + role.key() + " is needed to listen on " + key
                    + "=" + host + "; without one only loopback is allowed");
        }
    }

    private static boolean isLoopback(String key, String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new ConfigurationException(
                    key + "=" + host + " is no address of this machine: " + unknown.getMessage());
        }
    }
}
