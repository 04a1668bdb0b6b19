package dev.millrace.checkpoints.transfer;

import dev.millrace.checkpoints.bucket.Digests;
import dev.millrace.checkpoints.bucket.FileEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Folders of versions on this disk, whose files never change. What a version did not change since its ancestors may be in one of
 * them, and need not be brought again.
 *
 * @param folders each of a version, those first that are more likely to have it
 */
public record EarlierDownloads(List<Path> folders) {
    /** There are none. */
    public static final EarlierDownloads NONE = new EarlierDownloads(List.of());

    public EarlierDownloads {
        folders = List.copyOf(folders);
    }

    /** Makes {@code target} the file of this path and content that one of them has; says whether one has it. */
    boolean bring(final String path, final FileEntry content, final Path target) throws IOException {
        final Optional<Path> found = folders.stream()
                .map(folder -> folder.resolve(path))
                .filter(file -> isOf(file, content))
                .findFirst();
        if (found.isPresent()) {
            link(found.get(), target);
        }
        return found.isPresent();
    }

    private static boolean isOf(final Path file, final FileEntry content) {
        return Files.isRegularFile(file)
                && file.toFile().length() == content.size()
                && Digests.of(file).equals(content);
    }

    /** One more name for the same bytes, on disks that can; they go with the last name. */
    private static void link(final Path file, final Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (UnsupportedOperationException | IOException unlinkable) {
            Files.copy(file, target);
        }
    }
}
