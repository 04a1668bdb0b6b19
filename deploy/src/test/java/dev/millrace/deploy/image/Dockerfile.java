package dev.millrace.deploy.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The stages of a Dockerfile, with its arguments at their defaults, as `docker build` without --build-arg has them. */
record Dockerfile(List<Stage> stages) {
    private static final Pattern FROM = Pattern.compile("(\\S+)(?:\\s+AS\\s+(\\S+))?");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");
    /** Docker leaves these to the shell that runs them, or to nobody. */
    private static final Set<String> LITERAL = Set.of("RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK");

    static Dockerfile read(final Path file) {
        final Map<String, String> arguments = new TreeMap<>();
        final List<Stage> stages = new ArrayList<>();
        for (final String line : lines(file)) {
            final Instruction instruction = filled(Instruction.of(line), arguments);
            if (instruction.name().equals("ARG")) {
                final String[] argument = instruction.text().split("=", 2);
                arguments.putIfAbsent(argument[0], argument.length == 2 ? argument[1] : "");
            } else if (instruction.name().equals("FROM")) {
                stages.add(stage(instruction, stages.size()));
            } else {
                stages.get(stages.size() - 1).instructions().add(instruction);
            }
        }
        return new Dockerfile(stages);
    }

    private static List<String> lines(final Path file) {
        try {
            final String text = Files.readAllLines(file).stream()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .collect(Collectors.joining("\n"));
            return text.replaceAll("\\\\\\n\\s*", " ").lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instruction filled(final Instruction instruction, final Map<String, String> arguments) {
        if (LITERAL.contains(instruction.name())) {
            return instruction;
        }
        final String text =
                VARIABLE.matcher(instruction.text()).replaceAll(match -> arguments.getOrDefault(match.group(1), ""));
        return new Instruction(instruction.name(), instruction.flags(), text);
    }

    private static Stage stage(final Instruction from, final int number) {
        final var parts = FROM.matcher(from.text());
        if (!parts.matches()) {
            throw new IllegalArgumentException("FROM " + from.text());
        }
        final String name = parts.group(2) == null ? String.valueOf(number) : parts.group(2);
        return new Stage(name, parts.group(1), new ArrayList<>());
    }

    /** What a build makes without --target. */
    String defaultTarget() {
        return stages.get(stages.size() - 1).name();
    }
}
