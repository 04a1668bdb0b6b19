package dev.millrace.devstack.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds the line of a log that says why its process ended. */
public final class LogTail {
    private LogTail() {}

    /** The newest line that names an error, else the newest line, and the log's path. */
    public static String reason(Path log) {
        List<String> lines = newestFirst(log);
        return lines.stream()
                .filter(line -> line.matches(".*(ERROR|Exception|Error:|FATAL|error:).*"))
                .findFirst()
                .or(() -> lines.stream().filter(line -> !line.isBlank()).findFirst())
                .map(line -> line.strip() + " (" + log + ")")
                .orElse("nothing was written to " + log);
    }

    private static List<String> newestFirst(Path log) {
        try {
            byte[] content = Files.readAllBytes(log);
            List<String> lines = new ArrayList<>(
                    new String(content, StandardCharsets.UTF_8).lines().toList());
            Collections.reverse(lines);
            return lines;
        } catch (IOException e) {
            return List.of("its log cannot be read: " + e.getMessage());
        }
    }
}
