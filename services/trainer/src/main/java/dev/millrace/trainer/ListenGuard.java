package dev.millrace.trainer;

import dev.millrace.trainer.config.HttpConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Refuses to be reachable by strangers: beyond loopback only with a token. */
final class ListenGuard {
    private ListenGuard() {}

    static void require(String host, HttpConfig http) {
        if (http.token().isEmpty() && !isLoopback(host)) {
            throw new ConfigurationException("millrace.http.token is needed to listen on quarkus.http.host=" + host
                    + "; without one only 127.0.0.1 is allowed");
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
