package dev.millrace.trainer.learning.schedule;

/** How the learning rate goes on once it is warm. */
interface Schedule {
    /**
     * Share of the configured learning rate.
     *
     * @param steps optimizer steps since the end of the warm-up, from 0
     * @return in [floor, 1]
     */
    double share(long steps);
}
