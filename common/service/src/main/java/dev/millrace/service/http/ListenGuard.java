package dev.millrace.service.http;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The rule of every service: reachable beyond loopback only with a token. */
public final class ListenGuard {
    private ListenGuard() {}

    /**
     * Lets a service listen, or not.
     *
     * @param host the value of {@code quarkus.http.host}: a name or address of this machine
     * @throws ConfigurationException naming the key, when the host is beyond loopback and there is no token
     */
    public static void require(String host, HttpConfig http) {
        if (http.token().isEmpty() && !isLoopback(host)) {
            throw new ConfigurationException("millrace.http.token is needed to listen on quarkus.http.host=" + host
                    + "; without one only loopback is allowed");
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
