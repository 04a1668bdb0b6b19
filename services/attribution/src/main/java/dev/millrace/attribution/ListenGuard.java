package dev.millrace.attribution;

import dev.millrace.attribution.config.HttpConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The rule of every service: beyond loopback only in an installation that has a token. */
final class ListenGuard {
    private ListenGuard() {}

    static void require(String host, HttpConfig http) {
        if (http.token().isEmpty() && !isLoopback(host)) {
            throw new IllegalStateException("millrace.http.token is needed to listen on quarkus.http.host=" + host
                    + "; without one only loopback is allowed");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("quarkus.http.host=" + host + " is no address of this machine", e);
        }
    }
}
