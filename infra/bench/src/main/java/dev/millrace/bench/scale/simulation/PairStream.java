package dev.millrace.bench.scale.simulation;

/**
 * What is posted to one partition.
 *
 * @param rate pairs a second, evenly; infinite where there is always more than can be learned
 */
record PairStream(double rate) {
    static final PairStream ENDLESS = new PairStream(Double.POSITIVE_INFINITY);

    private static final long ALWAYS_MORE = 1L << 50;

    /** Pairs posted up to then. */
    long posted(double now) {
        // A pair that comes at this very moment has come, whatever rounding makes of it.
        return Double.isInfinite(rate) ? ALWAYS_MORE : (long) Math.floor(now * rate + 1e-6);
    }

    /** When the pair at this offset is posted. */
    double time(double offset) {
        return Double.isInfinite(rate) ? 0 : (offset + 1) / rate;
    }

    /** What a trainer reads. */
    record Window(long pairs, double closed) {}

    /** A window that is opened now: closed when full, or so long after its first pair. */
    Window window(double now, long from, Scenario.Windows rule) {
        long full = rule.pairs();
        if (posted(now) - from >= full) {
            return new Window(full, now);
        }
        double opened = Math.max(now, time((double) from));
        double closed = Math.min(time((double) (from + full - 1)), opened + rule.seconds());
        return new Window(Math.max(1, Math.min(full, posted(closed) - from)), closed);
    }
}
