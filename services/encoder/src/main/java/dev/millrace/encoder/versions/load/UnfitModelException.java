package dev.millrace.encoder.versions.load;

/** A version whose bytes are what the manifest says but which must not serve all the same. */
final class UnfitModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnfitModelException(String file, String reason) {
        super(file + " " + reason);
    }
}
