package dev.millrace.trainer.lineage;

import dev.millrace.checkpoints.version.VersionName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Names of versions: place in the lineage and a nonce, {@code v000012-3fa91c07}, so that two trainers that build the
 * same place never write over each other. The base is named by its weights.
 */
public final class VersionNames {
    private static final int NONCE_DIGITS = 8;

    private final LongSupplier nonces;

    /** Draws nonces from {@code nonces}. */
    public VersionNames(LongSupplier nonces) {
        this.nonces = nonces;
    }

    String child(String parent) {
        VersionName name = VersionName.parse(parent)
                .orElseThrow(() -> new IllegalStateException("the head " + parent + " is no version of a trainer"));
        return name.next(HexFormat.of().toHexDigits((int) nonces.getAsLong())).toString();
    }

    /** By the weights, so that trainers that begin with one model agree. */
    static String base(Path model) {
        return named(List.of(model.resolve("model.safetensors")));
    }

    /** By all files, for a model whose weights name a version already. */
    static String whole(Path model) {
        try (Stream<Path> files = Files.walk(model)) {
            return named(files.filter(Files::isRegularFile).sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String named(List<Path> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files) {
                try (InputStream content = Files.newInputStream(file)) {
                    byte[] block = new byte[1 << 16];
                    for (int read = content.read(block); read >= 0; read = content.read(block)) {
                        digest.update(block, 0, read);
                    }
                }
            }
            String hash = HexFormat.of().formatHex(digest.digest());
            return new VersionName(0, hash.substring(0, NONCE_DIGITS)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All versions that descend from one base share its embedding space. */
    static String space(String base) {
        return "space-" + base.substring(base.indexOf('-') + 1);
    }
}
