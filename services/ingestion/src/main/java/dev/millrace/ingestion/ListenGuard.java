package dev.millrace.ingestion;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Refuses to be reachable by strangers: beyond loopback only with a token. */
final class ListenGuard {
    private ListenGuard() {}

    static void require(String host, Optional<String> token) {
        if (token.isEmpty() && !isLoopback(host)) {
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
