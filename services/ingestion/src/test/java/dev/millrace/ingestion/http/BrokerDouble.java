package dev.millrace.ingestion.http;

import dev.millrace.ingestion.intake.InMemoryEventLog;
import dev.millrace.service.kafka.BrokerProbe;
import dev.millrace.service.kafka.BrokerState;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;

/** Takes the broker's place in the running service. */
@Singleton
public final class BrokerDouble {
    @Produces
    @Singleton
    InMemoryEventLog log() {
        return new InMemoryEventLog();
    }

    @Produces
    @Singleton
    SwitchedProbe probe() {
        return new SwitchedProbe();
    }

    /** Says what it was told to say. */
    public static final class SwitchedProbe implements BrokerProbe {
        private volatile Map<String, Integer> maxMessageBytes = Map.of();
        private volatile BrokerState state = new BrokerState.Reachable();

        void limit(Map<String, Integer> limits) {
            maxMessageBytes = limits;
        }

        @Override
        public Map<String, Integer> maxMessageBytes() {
            return maxMessageBytes;
        }

        void become(BrokerState next) {
            state = next;
        }

        @Override
        public BrokerState state() {
            return state;
        }

        @Override
        public void close() {
            become(new BrokerState.Unreachable("closed"));
        }
    }
}
