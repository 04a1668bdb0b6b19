package dev.millrace.deploy.image;

import dev.millrace.deploy.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Folders on the file system of what the build has made, to which files can be linked. */
final class BesideTheBuild implements TempDirFactory {
    @Override
    public Path createTempDirectory(final AnnotatedElementContext element, final ExtensionContext test)
            throws IOException {
        return Files.createTempDirectory(
                Files.createDirectories(Repository.root().resolve("deploy/target")), "containers");
    }
}
