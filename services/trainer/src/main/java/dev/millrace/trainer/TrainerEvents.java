package dev.millrace.trainer;

import dev.millrace.service.kafka.KafkaBrokerProbe;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The process's own life, told to the trainer. */
@Singleton
public class TrainerEvents {
    void start(@Observes StartupEvent started, TrainerLife life, KafkaBrokerProbe broker) {
        life.start();
        broker.start();
    }

    void stop(@Observes ShutdownEvent ended, TrainerLife life) throws InterruptedException {
        life.stop();
    }
}
