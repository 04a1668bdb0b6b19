package dev.millrace.deploy.image;

import dev.millrace.deploy.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Does what Docker's builder would do with the instructions that our Dockerfiles use, without a daemon and without the base image: in
 * place of that stands this machine. RUN is left out, as it makes a user's entry and an empty folder only.
 */
final class Assembly {
    private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\S+))");
    /** What the base image sets. */
    private static final Map<String, String> BASE = Map.of(
            "JAVA_HOME",
            Container.JAVA_HOME,
            "PATH",
            Container.JAVA_HOME + "/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG",
            "C.UTF-8");

    private final List<Stage> stages;
    private final FileTree sent;
    private final Map<String, Path> contexts;

    private Assembly(final List<Stage> stages, final FileTree sent, final Map<String, Path> contexts) {
        this.stages = stages;
        this.sent = sent;
        this.contexts = contexts;
    }

    /** The image of a folder of {@code deploy/images}, as a build without a target makes it. */
    static Image of(final String name) {
        return of(name, "", Map.of());
    }

    /**
     * The image of a target.
     *
     * @param target empty: the last stage
     * @param contexts what --build-context puts in place of stages
     */
    static Image of(final String name, final String target, final Map<String, Path> contexts) {
        final Path file = Repository.image(name).resolve("Dockerfile");
        final Dockerfile dockerfile = Dockerfile.read(file);
        final FileTree sent = Ignored.read(file).rest(Repository.root());
        return new Assembly(dockerfile.stages(), sent, contexts)
                .image(target.isEmpty() ? dockerfile.defaultTarget() : target);
    }

    /** A stage, or what stands on no other: an image of a registry, or nothing. */
    private Image image(final String name) {
        if (contexts.containsKey(name)) {
            final FileTree given = FileTree.below(contexts.get(name), path -> true);
            return new Image(Map.of(), Map.of(), List.of(given));
        }
        return stages.stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .map(this::image)
                .orElseGet(() -> new Image(name.equals("scratch") ? Map.of() : BASE, Map.of(), List.of()));
    }

    private Image image(final Stage stage) {
        final Image base = image(stage.base());
        final Map<String, String> environment = new TreeMap<>(base.environment());
        final Map<String, Instruction> settings = new TreeMap<>(base.settings());
        final List<FileTree> layers = new ArrayList<>(base.layers());
        for (final Instruction instruction : stage.instructions()) {
            switch (instruction.name()) {
                case "COPY" -> copy(instruction, settings, layers);
                case "ENV" ->
                    VARIABLE.matcher(instruction.text())
                            .results()
                            .forEach(found -> environment.put(
                                    found.group(1), found.group(2) == null ? found.group(3) : found.group(2)));
                case "ENTRYPOINT", "HEALTHCHECK", "USER", "WORKDIR" -> settings.put(instruction.name(), instruction);
                case "LABEL", "EXPOSE", "RUN" -> {}
                default -> throw new IllegalArgumentException("not understood: " + instruction);
            }
        }
        return new Image(environment, settings, layers);
    }

    /** One instruction is one layer, unless its stage is copied from in its turn: that is one layer then. */
    private void copy(
            final Instruction instruction, final Map<String, Instruction> settings, final List<FileTree> layers) {
        final FileTree from =
                instruction.value("from").map(stage -> image(stage).files()).orElse(sent);
        final List<String> words = instruction.words();
        final String target = words.get(words.size() - 1);
        FileTree copied = FileTree.empty();
        for (final String source : words.subList(0, words.size() - 1)) {
            copied = copied.with(from.taken(source, instruction.values("exclude")));
        }
        layers.add(copied.in(
                target.startsWith("/") ? target : settings.get("WORKDIR").text() + target.substring(1)));
    }
}
