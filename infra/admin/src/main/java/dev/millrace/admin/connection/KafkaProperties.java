package dev.millrace.admin.connection;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Properties for Kafka's clients: those of files, later ones over earlier ones, and over them those of the command line. A file
 * that configures a service will do, too: there they are named {@code millrace.kafka.properties."NAME"}.
 */
record KafkaProperties(List<Path> files, Map<String, String> flags) {
    private static final Pattern OF_A_SERVICE = Pattern.compile("millrace\\.kafka\\.properties\\.\"?([^\"]+)\"?");
    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|jaas|token|credential|\\.key$).*");

    /** With the servers to ask; IllegalArgumentException for a secret among the flags, or a file that cannot be read. */
    Map<String, String> with(String bootstrapServers) {
        for (String name : flags.keySet()) {
            if (SECRET.matcher(name).matches()) {
                throw new IllegalArgumentException("--kafka-property " + name
                        + ": others can list flags; put it into a file for --kafka-properties");
            }
        }
        Map<String, String> all = new TreeMap<>();
        for (Path file : files) {
            read(file).forEach((name, value) -> all.put(ownName(name.toString()), value.toString()));
        }
        all.putAll(flags);
        all.put("bootstrap.servers", bootstrapServers);
        return all;
    }

    private static String ownName(String name) {
        Matcher ofAService = OF_A_SERVICE.matcher(name);
        return ofAService.matches() ? ofAService.group(1) : name;
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("--kafka-properties " + file + ": cannot be read", e);
        }
        return properties;
    }
}
