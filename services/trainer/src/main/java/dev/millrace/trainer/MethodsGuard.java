package dev.millrace.trainer;

import dev.millrace.trainer.learning.Methods;
import dev.millrace.trainer.learning.settings.LearningConfig;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/** Refuses methods that cannot be had in one line, and before any part of the trainer is made that asks a broker. */
@Singleton
public final class MethodsGuard {
    /** @throws ConfigurationException without a cause, as only the deepest one is told instead of a stack trace */
    void start(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent started, LearningConfig learning) {
        try {
            Methods.check(learning);
        } catch (IllegalArgumentException refusal) {
            throw new ConfigurationException(refusal.getMessage());
        }
    }
}
