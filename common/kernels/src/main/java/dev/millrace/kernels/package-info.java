/** The forward pass of a BERT-like encoder in the JVM's own vector instructions. */
package dev.millrace.kernels;
