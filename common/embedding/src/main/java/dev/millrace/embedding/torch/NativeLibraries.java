package dev.millrace.embedding.torch;

import ai.djl.engine.Engine;
import ai.djl.util.ClassLoaderUtils;
import ai.djl.util.Utils;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * libtorch and the tokenizers, out of the build or out of a folder that the user names; never from the network, as DJL
 * would have it when one is missing.
 */
public final class NativeLibraries {
    private static final List<String> PLATFORMS = List.of("linux-x86_64", "linux-aarch64", "osx-aarch64");

    private NativeLibraries() {}

    /**
     * The engine, started.
     *
     * @throws IllegalStateException with one line when there is no libtorch for this machine, or downloads are asked for
     */
    static Engine engine() {
        stayOffline();
        String platform = platform();
        // A named folder comes first for DJL, too; it is how libtorch for CUDA is found.
        boolean present = Optional.ofNullable(Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH"))
                        .isPresent()
                || ClassLoaderUtils.getContextClassLoader()
                                .getResource("pytorch/cpu/" + platform + "/" + System.mapLibraryName("torch"))
                        != null;
        if (!present) {
            throw new IllegalStateException(
                    "libtorch for " + platform + " is not available: this build holds none; supported are "
                            + String.join(", ", PLATFORMS)
                            + ", each built on such a machine or with -Dlibtorch.classifier=PLATFORM");
        }
        return Engine.getEngine("PyTorch");
    }

    /** Has DJL refuse to open a connection, whatever library it misses. */
    public static void stayOffline() {
        System.setProperty("ai.djl.offline", "true");
        if (!Utils.isOfflineMode()) {
            throw new IllegalStateException("DJL_OFFLINE must be true or unset, not " + System.getenv("DJL_OFFLINE")
                    + ": nothing is downloaded at run time");
        }
    }

    /** Whether this platform's libtorch was built with oneDNN; Apple's was not. */
    public static boolean oneDnn() {
        return !platform().startsWith("osx");
    }

    /** As DJL names it: the operating system and the architecture. */
    private static String platform() {
        String name = System.getProperty("os.name");
        String system = name.startsWith("Mac") ? "osx" : name.startsWith("Win") ? "win" : name.toLowerCase(Locale.ROOT);
        String architecture = System.getProperty("os.arch");
        return system + "-" + (architecture.equals("amd64") ? "x86_64" : architecture);
    }
}
