/** What training goes on from in a quarter of its bytes, by rounding that whoever learns takes over as well. */
package dev.millrace.embedding.optim.compact;
