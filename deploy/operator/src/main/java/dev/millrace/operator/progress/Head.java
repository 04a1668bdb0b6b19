package dev.millrace.operator.progress;

import java.util.Optional;

/**
 * The lineage's newest version.
 *
 * @param hitAt1 share of held-out pairs of which it finds the answer first, 0 .. 1; empty where none are held out
 * @param trusted what the gate decided; empty where it was not asked, as of version 0
 */
public record Head(String version, Optional<Double> hitAt1, Optional<Boolean> trusted) {}
