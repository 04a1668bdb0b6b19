package dev.millrace.checkpoints.version;

/** A file of a version is missing, short, long or other than its manifest says, or the manifest itself is malformed. */
public final class AlteredVersionException extends CheckpointException {
    private final String version;
    private final String file;
    private final String reason;

    /** Version, file inside it (`manifest.json` for the manifest), and what is wrong with it. */
    public AlteredVersionException(final String version, final String file, final String reason) {
        super("version " + version + ", file " + file + ": " + reason);
        this.version = version;
        this.file = file;
        this.reason = reason;
    }

    /** The version that must not be used. */
    public String version() {
        return version;
    }

    /** The first file found wrong, as a path inside the version. */
    public String file() {
        return file;
    }

    /** What is wrong with it, to be read after the file's name. */
    public String reason() {
        return reason;
    }
}
