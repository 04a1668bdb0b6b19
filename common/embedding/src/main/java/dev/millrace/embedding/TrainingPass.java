package dev.millrace.embedding;

/** How one forward pass of training runs; the same pass gives the same dropout, which gradient caching relies on. */
record TrainingPass(Precision precision, long route, boolean dropout, long seed, boolean gradient) {}
