/** Immutable, verified model versions and the pointers that follow them, kept in an S3 bucket. */
package dev.millrace.checkpoints;
