package dev.millrace.encoder.serving;

import java.time.Duration;

/**
 * What one model is allowed.
 *
 * @param waitingTexts how many texts may wait for it
 * @param batchTokens how many tokens it takes at once
 * @param loading how long it may take to load, and then for each of the first texts
 */
public record ModelLimits(int waitingTexts, int batchTokens, Duration loading) {}
