package dev.millrace.service.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Makes clients that ask about topics. */
public final class AdminClients {
    private AdminClients() {}

    /**
     * A client for one thread, which closes it.
     *
     * @param answer after which time a question is given up
     * @throws org.apache.kafka.common.KafkaException when a setting is bad or no server's name can be resolved
     */
    public static Admin create(KafkaConfig kafka, Duration answer) {
        final int millis = Math.toIntExact(answer.toMillis());
        final Map<String, Object> settings = new HashMap<>();
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        settings.putAll(kafka.properties());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        return Admin.create(settings);
    }
}
