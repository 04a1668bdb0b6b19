package dev.millrace.client.http;

import dev.millrace.client.failure.BusyException;
import dev.millrace.client.failure.ClientException;
import java.time.Duration;

/** Hears of a client's requests, on the threads that make them: for metrics and logs. */
public interface RequestListener {
    /** Hears nothing. */
    RequestListener SILENT = new RequestListener() {};

    /** A request goes out, the first or a repeat. */
    default void sent() {}

    /** The service was busy; the same is sent again after the pause. */
    default void postponed(BusyException busy, Duration pause) {}

    /** A call ends with this exception. */
    default void failed(ClientException failure) {}
}
