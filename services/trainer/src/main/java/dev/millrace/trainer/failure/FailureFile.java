package dev.millrace.trainer.failure;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jboss.logging.Logger;

/** A file of the work folder: there only while a window is learned, and until one is after a failure. */
final class FailureFile implements FailureMemory {
    private static final Logger LOG = Logger.getLogger(FailureFile.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    FailureFile(Path file) {
        this.file = file;
    }

    @Override
    public Failures read() {
        if (!Files.exists(file)) {
            return Failures.NONE;
        }
        try {
            return JSON.readValue(file.toFile(), Failures.class);
        } catch (IOException e) {
            LOG.warnf("what failed before is not known, as %s cannot be read: %s", file, e.getMessage());
            return Failures.NONE;
        }
    }

    @Override
    public void keep(Failures failures) {
        try {
            if (failures.equals(Failures.NONE)) {
                Files.deleteIfExists(file);
            } else {
                write(JSON.writeValueAsBytes(failures));
            }
        } catch (IOException e) {
            LOG.warnf("should the process be killed, the next will not know of this window: %s", e.getMessage());
        }
    }

    private void write(byte[] json) throws IOException {
        Files.createDirectories(file.getParent());
        Path whole = Files.write(file.resolveSibling(file.getFileName() + ".new"), json);
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
