package dev.millrace.client.http;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a service is and how it is asked. Values are immutable; each {@code with} gives a copy.
 *
 * @param url of the service, http or https; a path in it goes before {@code /v1}
 * @param token bearer token, where the service wants one
 * @param timeout of one request, answer included; positive
 * @param retries what to do on 429 and 503
 * @param listener hears of every request
 */
public record ClientSettings(
        URI url, Optional<String> token, Duration timeout, RetryPolicy retries, RequestListener listener) {
    /** A little longer than the longest deadline of the services' defaults. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    public ClientSettings {
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            throw new IllegalArgumentException("url must begin with http:// or https://, not " + url);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, not " + timeout);
        }
    }

    /** No token, {@link #DEFAULT_TIMEOUT}, {@link RetryPolicy#DEFAULT}, nobody listening. */
    public static ClientSettings at(URI url) {
        return new ClientSettings(url, Optional.empty(), DEFAULT_TIMEOUT, RetryPolicy.DEFAULT, RequestListener.SILENT);
    }

    public ClientSettings withToken(String bearerToken) {
        return new ClientSettings(url, Optional.of(bearerToken), timeout, retries, listener);
    }

    public ClientSettings withTimeout(Duration longest) {
        return new ClientSettings(url, token, longest, retries, listener);
    }

    public ClientSettings withRetries(RetryPolicy policy) {
        return new ClientSettings(url, token, timeout, policy, listener);
    }

    public ClientSettings withListener(RequestListener hearing) {
        return new ClientSettings(url, token, timeout, retries, hearing);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "ClientSettings[" + url + ", timeout " + timeout + ", " + retries + "]";
    }
}
