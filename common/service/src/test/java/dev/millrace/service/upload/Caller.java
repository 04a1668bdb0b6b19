package dev.millrace.service.upload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A caller of HTTP/1.1 who sends as little of a request as a test wants. */
final class Caller implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final BufferedReader answers;

    private Caller(Socket socket) throws IOException {
        this.socket = socket;
        this.answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Sends a request's head, and nothing of its body. */
    static Caller begin(int port, String path, String... headers) throws IOException {
        final Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        final Caller caller = new Caller(socket);
        caller.send("POST " + path + " HTTP/1.1\r\nHost: here\r\n" + String.join("\r\n", headers) + "\r\n\r\n");
        return caller;
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    void sendChunk(String text) throws IOException {
        send(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    /** The next response to its last byte. */
    String answer() throws IOException {
        final StringBuilder head = new StringBuilder();
        int bytes = 0;
        for (String line = answers.readLine(); line != null && !line.isEmpty(); line = answers.readLine()) {
            head.append(line).append('\n');
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                bytes = Integer.parseInt(
                        line.substring("content-length:".length()).strip());
            }
        }
        final char[] body = new char[bytes];
        int read = 0;
        while (read < bytes) {
            read += answers.read(body, read, bytes - read);
        }
        return head.append(body).toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
