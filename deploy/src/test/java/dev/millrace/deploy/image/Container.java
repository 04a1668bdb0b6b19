package dev.millrace.deploy.image;

import dev.millrace.deploy.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a container of an image would be, without a daemon: its files in a folder, which the kernel's own means make a root that cannot
 * be written. Where they may not be used (a machine may forbid both mounts and namespaces of users), its commands run from that folder
 * instead, unconfined.
 */
final class Container {
    /** Where the base image has its JRE. */
    static final String JAVA_HOME = "/opt/java/openjdk";

    private static final String SCRIPT =
            Repository.root().resolve("deploy/src/test/resources/container.sh").toString();
    /** What the chart mounts to be written to. */
    private static final String VOLUMES = "tmp var/cache/millrace";

    private static final List<String> AS_ROOT = List.of("unshare", "--mount");
    private static final boolean BY_ROOT = works(AS_ROOT, "--clear-groups");
    private static final boolean CONFINED = BY_ROOT || works(asUser("10001"), "--keep-groups");

    private final Image image;
    private final Path root;

    private Container(final Image image, final Path root) {
        this.image = image;
        this.root = root;
    }

    /** Whether containers have roots that cannot be written, and users without rights. */
    static boolean confined() {
        return CONFINED;
    }

    /** Lays the image's files into a folder, as links: they are read only. */
    static Container of(final Image image, final Path folder) {
        image.files().files().forEach((path, file) -> link(folder.resolve(path), file));
        return new Container(image, folder);
    }

    private static void link(final Path link, final Path file) {
        try {
            Files.createDirectories(link.getParent());
            Files.deleteIfExists(link);
            Files.createLink(link, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins a command with the image's environment and what is added to it; what it says goes to a log. */
    Process start(final List<String> command, final Map<String, String> added, final Path log) {
        final ProcessBuilder builder = new ProcessBuilder(CONFINED ? confined(command) : unconfined(command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(image.environment());
        if (!CONFINED) {
            builder.environment().putAll(hosts());
        }
        builder.environment().putAll(added);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end. */
    Outcome run(final List<String> command, final Map<String, String> added) {
        try {
            final Path log = Files.createTempFile("container", ".log");
            final int status = start(command, added, log).waitFor();
            final String said = Files.readString(log, StandardCharsets.UTF_8);
            Files.delete(log);
            return new Outcome(status, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a container's command ran", e);
        }
    }

    record Outcome(int status, String said) {}

    private List<String> confined(final List<String> command) {
        final String user = image.user().replaceAll(":.*", "");
        final List<String> whole = new ArrayList<>(BY_ROOT ? AS_ROOT : asUser(user));
        whole.addAll(List.of("/bin/sh", SCRIPT, root.toString(), System.getProperty("java.home"), VOLUMES));
        whole.addAll(List.of(image.folder(), user, BY_ROOT ? "--clear-groups" : "--keep-groups"));
        whole.addAll(command);
        return whole;
    }

    private List<String> unconfined(final List<String> command) {
        return command.stream()
                .map(word -> word.startsWith(image.folder()) ? root + word : word)
                .toList();
    }

    /** The base image's own places are not there. */
    private Map<String, String> hosts() {
        final String java = System.getProperty("java.home");
        return Map.of(
                "JAVA_HOME",
                java,
                "PATH",
                java + "/bin:" + System.getenv("PATH"),
                "DJL_CACHE_DIR",
                root.resolve("tmp/djl").toString());
    }

    private static List<String> asUser(final String user) {
        return List.of("unshare", "--user", "--map-user=" + user, "--map-group=" + user, "--keep-caps", "--mount");
    }

    /** Asked of the machine itself: what it forbids has many names. */
    private static boolean works(final List<String> unshare, final String groups) {
        try {
            final Path root = Files.createDirectories(Repository.root().resolve("deploy/target/container"));
            final List<String> command = new ArrayList<>(unshare);
            command.addAll(List.of("/bin/sh", SCRIPT, root.toString(), System.getProperty("java.home"), VOLUMES));
            command.addAll(List.of("/", "10001", groups, "true"));
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            // No such program here.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
