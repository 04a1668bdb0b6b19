package dev.millrace.operator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/** {@code /q/health/live} and {@code /q/health/ready}, where the services have theirs. */
final class HealthServer implements AutoCloseable {
    private static final int UP = 200;
    private static final int DOWN = 503;

    private final HttpServer server;

    /** Listens from now on. */
    HealthServer(OperatorSettings.Address address, BooleanSupplier live) {
        try {
            server = HttpServer.create(new InetSocketAddress(address.host(), address.port()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answer("/q/health/live", live);
        // One that waits for the lease is as ready as one that has it: else an upgrade would wait for the old one.
        answer("/q/health/ready", live);
        server.start();
    }

    private void answer(String path, BooleanSupplier up) {
        server.createContext(path, exchange -> {
            final boolean isUp = up.getAsBoolean();
            final byte[] body =
                    "{\"status\":\"%s\"}".formatted(isUp ? "UP" : "DOWN").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(isUp ? UP : DOWN, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
