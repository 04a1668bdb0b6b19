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
import java.util.function.LongSupplier;

/**
 * Names of versions: place in the lineage and a nonce, {@code v000012-3fa91c07}, so that two trainers that build the same
 * place never write over each other. The base is named by its weights.
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

    static String base(Path model) {
        try (InputStream weights = Files.newInputStream(model.resolve("model.safetensors"))) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block = new byte[1 << 16];
            for (int read = weights.read(block); read >= 0; read = weights.read(block)) {
                digest.update(block, 0, read);
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
