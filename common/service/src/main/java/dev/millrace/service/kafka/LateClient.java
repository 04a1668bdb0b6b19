package dev.millrace.service.kafka;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;

/**
 * A Kafka client that is made when the broker's name can be resolved. Kafka's own refuse to be made before, and a cluster's name
 * may be known later than a service starts. Any other refusal is a bad setting. For one thread.
 */
public final class LateClient<T> {
    private static final String UNRESOLVED = "No resolvable bootstrap urls";

    private final Supplier<T> maker;
    private Optional<T> made;

    /**
     * Makes it at once where that is possible.
     *
     * @throws KafkaException when a setting is bad
     */
    public LateClient(Supplier<T> maker) {
        this.maker = maker;
        this.made = tryToMake();
    }

    /**
     * The client, made now if it was not before.
     *
     * @throws KafkaException as long as the name cannot be resolved
     */
    public T get() {
        if (made.isEmpty()) {
            made = Optional.of(maker.get());
        }
        return made.get();
    }

    /** The client if there is one. */
    public Optional<T> ifMade() {
        return made;
    }

    /** Gives the client out of hand, to be closed; the next {@link #get} makes another. */
    public Optional<T> release() {
        final Optional<T> released = made;
        made = Optional.empty();
        return released;
    }

    private Optional<T> tryToMake() {
        try {
            return Optional.of(maker.get());
        } catch (KafkaException refused) {
            if (isUnresolved(refused)) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private static boolean isUnresolved(KafkaException refused) {
        return Stream.<Throwable>iterate(refused, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> String.valueOf(cause.getMessage()).contains(UNRESOLVED));
    }
}
