package dev.millrace.service.http;

/**
 * How a service words what goes wrong before its own code is reached: no token, a body too large, a path that is not there. Its own
 * failures it maps itself, in a class with {@code @ServerExceptionMapper}. Called by any thread.
 */
public interface Problems {
    /**
     * The problem in this service's words, which may have counted it.
     *
     * @param path that was asked, normalized: APIs that meet in one service may have words of their own
     */
    Problem worded(Problem problem, String path);
}
