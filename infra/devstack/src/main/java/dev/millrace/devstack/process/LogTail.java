package dev.millrace.devstack.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the line of a log that says why its process ended. */
public final class LogTail {
    private static final Pattern ERROR = Pattern.compile(".*(ERROR|Exception|Error:|FATAL|error:).*");
    /** Frames, and what was suppressed with its own causes: they often have an exception's name, and say nothing to a person. */
    private static final Pattern INSIDE_OF_A_TRACE =
            Pattern.compile("\\s+(at .*|\\.\\.\\. \\d+ more|Suppressed: .*|Caused by: .*)");

    /** A message of one word, such as a file's name, says nothing without the name of its exception. */
    private static final Pattern CAUSE =
            Pattern.compile("Caused by: (?:(?:\\w+\\.)+[A-Z][\\w$]*: )*(?<sentence>.* .*)");

    private static final String CAUSED_BY = "Caused by: ";

    private LogTail() {}

    /** What the newest line that names an error says, else the newest line, and the log's path. Of a stack trace: its last cause. */
    public static String reason(Path log) {
        List<String> lines = newestFirst(log).stream()
                .filter(line -> !line.isBlank())
                .filter(line -> !INSIDE_OF_A_TRACE.matcher(line).matches())
                .toList();
        return lines.stream()
                .filter(line -> ERROR.matcher(line).matches() || line.startsWith(CAUSED_BY))
                .findFirst()
                .or(() -> lines.stream().findFirst())
                .map(line -> sentence(line.strip()) + " (" + log + ")")
                .orElse("nothing was written to " + log);
    }

    private static String sentence(String line) {
        Matcher cause = CAUSE.matcher(line);
        if (cause.matches()) {
            return cause.group("sentence");
        }
        return line.startsWith(CAUSED_BY) ? line.substring(CAUSED_BY.length()) : line;
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
