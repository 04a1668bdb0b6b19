package dev.millrace.encoder.serving;

/** How many texts may wait for one model, and how many tokens it takes at once. */
public record BatchLimits(int waitingTexts, int batchTokens) {}
