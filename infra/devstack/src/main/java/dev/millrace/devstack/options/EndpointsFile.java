package dev.millrace.devstack.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.millrace.devstack.process.Screen;
import dev.millrace.devstack.process.SecretFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps {@code endpoints.json} true from the moment everything is ready: rewritten whenever a process comes or goes. */
public final class EndpointsFile {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path file;
    private final Screen screen;
    private final Map<String, Long> pids = new HashMap<>();
    private Endpoints endpoints;
    private boolean published;

    public EndpointsFile(Path file, Endpoints endpoints, Screen screen) {
        this.file = file;
        this.endpoints = endpoints;
        this.screen = screen;
    }

    public synchronized Endpoints endpoints() {
        return endpoints;
    }

    public synchronized void started(String name, long pid) {
        pids.put(name, pid);
        rewrite();
    }

    public synchronized void ended(String name) {
        pids.remove(name);
        rewrite();
    }

    public synchronized void publish() {
        SecretFile.write(file, json(endpoints));
        published = true;
    }

    /** From here on the file is left alone, so that the stop can remove it. */
    public synchronized void withdraw() {
        published = false;
    }

    private void rewrite() {
        endpoints = endpoints.withPids(pids);
        if (!published) {
            return;
        }
        try {
            SecretFile.write(file, json(endpoints));
        } catch (UncheckedIOException e) {
            // A full disk must not keep a process from being started again.
            screen.line("! endpoints.json is not up to date: " + e.getMessage());
        }
    }

    static String json(Endpoints endpoints) {
        Map<String, Object> content = new LinkedHashMap<>();
        endpoints.services().forEach((name, url) -> content.put(name, url.toString()));
        content.put("management", endpoints.management());
        content.put("kafka", endpoints.kafka());
        content.put("s3", endpoints.s3());
        content.put("pids", endpoints.pids());
        try {
            return JSON.writeValueAsString(content) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("endpoints cannot be written as JSON", e);
        }
    }
}
