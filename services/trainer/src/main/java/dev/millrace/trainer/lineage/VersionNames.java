package dev.millrace.trainer.lineage;

import dev.millrace.checkpoints.bucket.Digests;
import dev.millrace.checkpoints.version.VersionName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
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
        return named(Digests.of(model.resolve("model.safetensors")).sha256());
    }

    /** By all files, for a model whose weights name a version already. */
    static String whole(Path model) {
        try (Stream<Path> files = Files.walk(model)) {
            String listed = files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> model.relativize(file) + " " + Digests.of(file).sha256() + "\n")
                    .collect(Collectors.joining());
            return named(Digests.hex(listed.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String named(String sha256) {
        return new VersionName(0, sha256.substring(0, NONCE_DIGITS)).toString();
    }

    /** All versions that descend from one base share its embedding space. */
    static String space(String base) {
        return "space-" + base.substring(base.indexOf('-') + 1);
    }
}
