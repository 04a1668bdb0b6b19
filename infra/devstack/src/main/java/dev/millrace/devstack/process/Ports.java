package dev.millrace.devstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;

/** Free ports on loopback, never the same one twice. */
public final class Ports {
    private static final int CONNECT_MILLIS = 500;

    private final Set<Integer> given = new HashSet<>();

    public int free() {
        int port = probe(0);
        return given.add(port) ? port : free();
    }

    /** The very port that was asked for, checked now so that the message can name it. */
    public int exactly(int port) {
        try {
            given.add(probe(port));
            return port;
        } catch (UncheckedIOException e) {
            throw new StartFailedException("port " + port + " is in use", e);
        }
    }

    public static boolean listening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            // Refused: that is the answer.
            return false;
        }
    }

    private static int probe(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
