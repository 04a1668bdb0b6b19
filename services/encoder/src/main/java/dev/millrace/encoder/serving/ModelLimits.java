package dev.millrace.encoder.serving;

import java.time.Duration;

/**
 * What one model is allowed.
 *
 * @param waitingTokens how many tokens may wait for it; a request that finds nobody waiting may have more
 * @param batchTokens how many tokens it takes at once
 * @param loading how long it may take to load, and then for each of the first texts
 */
public record ModelLimits(int waitingTokens, int batchTokens, Duration loading) {}
