package dev.millrace.deploy.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One instruction of a Dockerfile.
 *
 * @param name such as COPY
 * @param flags such as --link or --from=ours, as written
 * @param text what follows them
 */
record Instruction(String name, List<String> flags, String text) {
    private static final JsonMapper JSON = new JsonMapper();

    /** A line with its continuations joined. */
    static Instruction of(final String line) {
        final List<String> words = new ArrayList<>(List.of(line.strip().split("\\s+", 2)));
        final String name = words.get(0);
        String text = words.get(1);
        final List<String> flags = new ArrayList<>();
        while (text.startsWith("--")) {
            final String[] flag = text.split("\\s+", 2);
            flags.add(flag[0]);
            text = flag[1];
        }
        return new Instruction(name, flags, text);
    }

    /** The values of a flag that may be given several times. */
    List<String> values(final String flag) {
        final String prefix = "--" + flag + "=";
        return flags.stream()
                .filter(given -> given.startsWith(prefix))
                .map(given -> given.substring(prefix.length()))
                .toList();
    }

    Optional<String> value(final String flag) {
        return values(flag).stream().findFirst();
    }

    List<String> words() {
        return Arrays.asList(text.split("\\s+"));
    }

    /** A command in its exec form; the shell form would need a shell between the signal and the service. */
    List<String> command() {
        try {
            return Arrays.asList(JSON.readValue(text, String[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(name + " is not in its exec form: " + text, e);
        }
    }
}
