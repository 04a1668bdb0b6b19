package dev.millrace.devstack.clients;

import dev.millrace.client.encoder.EncoderClient;
import dev.millrace.client.failure.ClientException;
import dev.millrace.client.http.ClientSettings;
import dev.millrace.client.http.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A caller of the encoder who wants to know which version answers. */
public final class EncoderProbe {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final EncoderClient client;

    public EncoderProbe(URI encoder) {
        this.client = new EncoderClient(
                ClientSettings.at(encoder).withTimeout(TIMEOUT).withRetries(RetryPolicy.NONE));
    }

    /** The version that answered a request for one vector; empty when there was no vector, or none within 30 s. */
    public Optional<String> servedVersion() throws InterruptedException {
        try {
            return Optional.of(client.embed("mill wheel").version());
        } catch (ClientException e) {
            // No vector, for whatever reason, is the answer.
            return Optional.empty();
        }
    }
}
