package dev.millrace.trainer.lineage;

import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.Manifest;

/**
 * Where a trainer stands in the lineage.
 *
 * @param head the pointer it saw, by which it may move the head on
 * @param manifest of the version that the head names
 */
public record Position(Pointer head, Manifest manifest) {}
