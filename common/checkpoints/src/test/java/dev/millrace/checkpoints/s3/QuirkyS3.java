package dev.millrace.checkpoints.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.checkpoints.bucket.Digests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of an S3 server as small objects need, with the rights and gaps of real ones. It takes any keys. */
final class QuirkyS3 implements AutoCloseable {
    private static final String BUCKET = "/millrace";

    private final HttpServer server;
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final String allowed;
    private volatile boolean knowsConditions = true;
    private volatile boolean hasBucket = true;

    /** Only what lies below the prefix is allowed, and not the bucket itself. */
    QuirkyS3(final String allowedPrefix) throws IOException {
        allowed = allowedPrefix;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/", this::answer);
        server.start();
    }

    QuirkyS3 withoutConditions() {
        knowsConditions = false;
        return this;
    }

    QuirkyS3 withoutBucket() {
        hasBucket = false;
        return this;
    }

    S3Settings settings(final String prefix) {
        return new S3Settings(
                "http://127.0.0.1:" + server.getAddress().getPort(), "us-east-1", "millrace", prefix, "k", "secret12");
    }

    /** Method and path of every request, in order. */
    List<String> asked() {
        return asked;
    }

    private void answer(final HttpExchange exchange) throws IOException {
        final byte[] body = exchange.getRequestBody().readAllBytes();
        final String path = exchange.getRequestURI().getPath();
        asked.add(exchange.getRequestMethod() + " " + path);
        final boolean conditional = exchange.getRequestHeaders().containsKey("If-None-Match")
                || exchange.getRequestHeaders().containsKey("If-Match");
        if (!path.startsWith(BUCKET + "/" + allowed)) {
            refuse(exchange, 403, "AccessDenied");
        } else if (!hasBucket) {
            refuse(exchange, 404, "NoSuchBucket");
        } else if (conditional && !knowsConditions) {
            refuse(exchange, 501, "NotImplemented");
        } else if (exchange.getRequestMethod().equals("PUT")) {
            objects.put(path, body);
            send(exchange, 200, new byte[0], Digests.hex(body));
        } else if (objects.containsKey(path)) {
            send(exchange, 200, objects.get(path), Digests.hex(objects.get(path)));
        } else {
            refuse(exchange, 404, "NoSuchKey");
        }
    }

    private static void refuse(final HttpExchange exchange, final int status, final String code) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        final String error = "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>" + code
                + "</Message><Resource>/</Resource><RequestId>1</RequestId><HostId>1</HostId></Error>";
        send(exchange, status, error.getBytes(StandardCharsets.UTF_8), "none");
    }

    private static void send(final HttpExchange exchange, final int status, final byte[] body, final String etag)
            throws IOException {
        exchange.getResponseHeaders().set("ETag", '"' + etag + '"');
        exchange.getResponseHeaders().set("Last-Modified", "Sun, 01 Mar 2026 10:00:00 GMT");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
