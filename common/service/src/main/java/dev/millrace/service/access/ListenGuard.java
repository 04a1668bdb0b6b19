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

/** The rule of every service, judged before any part of it is made: reachable beyond loopback only with a token for its callers. */
@Singleton
public final class ListenGuard {
    void start(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent started,
            @ConfigProperty(name = "quarkus.http.host") String host,
            Credentials credentials,
            ApiRole api) {
        require(host, credentials, api.role());
    }

    /**
     * Lets a service listen, or not.
     *
     * @param host the value of {@code quarkus.http.host}: a name or address of this machine
     * @throws ConfigurationException naming the keys, when the host is beyond loopback and nobody can have the role
     */
    static void require(String host, Credentials credentials, Role role) {
        if (!credentials.exist(role) && !isLoopback(host)) {
            throw new ConfigurationException("millrace.http.token or " + role.key()
                    + " is needed to listen on quarkus.http.host=" + host + "; without one only loopback is allowed");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new ConfigurationException("quarkus.http.host=" + host + " is no address of this machine", unknown);
        }
    }
}
