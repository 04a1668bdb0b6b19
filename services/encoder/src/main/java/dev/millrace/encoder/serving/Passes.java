package dev.millrace.encoder.serving;

import java.util.List;
import java.util.Optional;

/**
 * Runs texts through a model. One that fails with others is cut in halves until the texts that make it fail are alone, so that
 * whatever a text does to a model, its neighbours are answered. For the model's thread.
 */
final class Passes {
    private final VectorModel model;
    private final TrackRecord record;
    private final TokenQueue queue;

    Passes(VectorModel model, TrackRecord record, TokenQueue queue) {
        this.model = model;
        this.record = record;
        this.queue = queue;
    }

    void run(List<Submission.Text> pass) {
        final Isolation isolation = new Isolation();
        try {
            encode(pass, isolation);
        } catch (RuntimeException | Error failure) {
            isolation.isolate(pass, failure);
        }
    }

    private void encode(List<Submission.Text> pass, Isolation isolation) {
        final float[][] rows;
        final long begun = record.begun();
        try {
            rows = model.encode(pass.stream().map(Submission.Text::tokens).toList());
            final int tokens =
                    pass.stream().mapToInt(text -> text.tokens().length()).sum();
            queue.passed(tokens, record.passed(tokens, begun));
        } finally {
            record.ended();
        }
        for (int i = 0; i < rows.length; i++) {
            deliver(pass.get(i), rows[i], isolation);
        }
    }

    /** Weights can be fit for the texts of the first check and give no number for a word that was not among them. */
    private void deliver(Submission.Text text, float[] row, Isolation isolation) {
        if (isFinite(row)) {
            if (text.submission().lacksOnlyOne()) {
                record.answered();
            }
            text.submission().row(text.index(), row);
        } else {
            isolation.blame(text, new ArithmeticException("the model gave a vector that is not finite"));
        }
    }

    static boolean isFinite(float[] row) {
        float sum = 0;
        for (float value : row) {
            sum += value;
        }
        return Float.isFinite(sum);
    }

    /** What is left to do of one pass that failed. */
    private final class Isolation {
        private final Culprit culprit = new Culprit(model, record);
        private Optional<Boolean> isModelBroken = Optional.empty();
        private boolean isCounted;

        /** Only a text that was alone is to blame: one whose request has ended meanwhile may have been the culprit. */
        void isolate(List<Submission.Text> failed, Throwable failure) {
            if (isModelBroken.orElse(false)) {
                failed.forEach(text -> fail(text, failure));
            } else if (failed.size() == 1) {
                blame(failed.get(0), failure);
            } else {
                retry(failed.subList(0, failed.size() / 2));
                retry(failed.subList(failed.size() / 2, failed.size()));
            }
        }

        /** Texts of a request that has ended meanwhile are left out. */
        private void retry(List<Submission.Text> half) {
            final List<Submission.Text> wanted =
                    half.stream().filter(Submission.Text::isWanted).toList();
            try {
                if (!wanted.isEmpty()) {
                    encode(wanted, this);
                }
            } catch (RuntimeException | Error failure) {
                isolate(wanted, failure);
            }
        }

        /** A model that does not encode a plain word either is broken, and no text is to blame. */
        void blame(Submission.Text text, Throwable failure) {
            if (!text.isWanted()) {
                return;
            }
            if (isModelBroken.isEmpty()) {
                isModelBroken = Optional.of(!culprit.encodesPlainWord());
            }
            fail(text, isModelBroken.get() ? failure : culprit.unencodable(text.index(), failure));
        }

        /** Counted before it is told; not when the request has ended already. One fault, however many requests it fails. */
        private void fail(Submission.Text text, Throwable failure) {
            if (text.isWanted()) {
                record.failed(!isModelBroken.orElse(false) || !isCounted);
                isCounted = true;
                text.submission().result().completeExceptionally(failure);
            }
        }
    }
}
