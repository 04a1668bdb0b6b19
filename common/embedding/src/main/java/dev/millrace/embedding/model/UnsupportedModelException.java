package dev.millrace.embedding.model;

/** A model folder that cannot be read or holds a model this code does not compute; the message names what is wrong. */
public final class UnsupportedModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param message one line that names the file or key and what is wrong with it
     */
    public UnsupportedModelException(String message) {
        super(message);
    }

    /** A file's key whose value is not supported, and which are. */
    public static UnsupportedModelException value(String file, String key, String value, String supported) {
        return new UnsupportedModelException(file + ": " + key + " is \"" + value + "\"; supported: " + supported);
    }

    /** As above, with what was caught. */
    public UnsupportedModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
