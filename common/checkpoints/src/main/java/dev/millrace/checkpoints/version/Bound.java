package dev.millrace.checkpoints.version;

/**
 * A figure and how large it may be.
 *
 * @param figure what was measured; finite
 * @param atMost the bound that was configured; finite
 */
public record Bound(double figure, double atMost) {

    /** Refuses what is not finite with an IllegalArgumentException that names the component. */
    public Bound {
        if (!Double.isFinite(figure)) {
            throw new IllegalArgumentException("figure: not finite");
        }
        if (!Double.isFinite(atMost)) {
            throw new IllegalArgumentException("atMost: not finite");
        }
    }

    /** Whether the figure stays within the bound. */
    public boolean kept() {
        return figure <= atMost;
    }
}
