package dev.millrace.checkpoints.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/** A TCP relay that hands a chosen request to the server and hangs up when the answer comes. */
final class CuttingRelay implements AutoCloseable {
    private final ServerSocket door;
    private final int serverPort;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicReference<Optional<Pattern>> doomed = new AtomicReference<>(Optional.empty());
    private final AtomicInteger letThrough = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();

    CuttingRelay(final int serverPort) throws IOException {
        this(0, serverPort);
    }

    CuttingRelay(final int port, final int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    int cuts() {
        return cuts.get();
    }

    /** The next request of this method on a path with this part loses its answer, or all but its first chunks of at most 64 KiB. */
    void cutAnswerTo(final String method, final String pathPart, final int chunksLetThrough) {
        letThrough.set(chunksLetThrough);
        doomed.set(Optional.of(Pattern.compile(method + " .*" + Pattern.quote(pathPart) + ".* HTTP/1.1")));
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                final Socket client = door.accept();
                final Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                final AtomicBoolean cut = new AtomicBoolean();
                threads.execute(() -> relay(client, server, bytes -> cut.compareAndSet(false, isDoomed(bytes))));
                threads.execute(() -> relay(server, client, bytes -> hangUp(cut, client, server)));
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private boolean isDoomed(final byte[] bytes) {
        final String line = new String(bytes, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("");
        final Optional<Pattern> request = doomed.get();
        return request.filter(pattern -> pattern.matcher(line).matches()).isPresent()
                && doomed.compareAndSet(request, Optional.empty());
    }

    private void hangUp(final AtomicBoolean cut, final Socket client, final Socket server) throws IOException {
        if (cut.get() && letThrough.getAndDecrement() <= 0) {
            cuts.incrementAndGet();
            client.close();
            server.close();
        }
    }

    private void relay(final Socket from, final Socket to, final Watcher watcher) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            final byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                watcher.saw(Arrays.copyOf(buffer, read));
                out.write(buffer, 0, read);
            }
        } catch (IOException hungUp) {
            // Either side may hang up at any time; what the client makes of it is what the tests look at.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }

    private interface Watcher {
        void saw(byte[] bytes) throws IOException;
    }
}
