package dev.millrace.admin.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaPropertiesTest {
    @TempDir
    Path folder;

    @Test
    void plainFilesAndThoseOfAServiceAreTakenTogether() throws IOException {
        // Given
        Path plain = Files.writeString(folder.resolve("plain"), """
                security.protocol=SSL
                ssl.keystore.location=/a
                request.timeout.ms=1
                """);
        Path service = Files.writeString(folder.resolve("service"), """
                millrace.kafka.properties."security.protocol"=SASL_SSL
                millrace.kafka.properties."sasl.jaas.config"=module required password="x";
                """);
        KafkaProperties given = new KafkaProperties(List.of(plain, service), Map.of("request.timeout.ms", "2"));

        // When
        Map<String, String> properties = given.with("kafka:9092");

        // Then
        assertThat(properties)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "bootstrap.servers", "kafka:9092",
                        "security.protocol", "SASL_SSL",
                        "ssl.keystore.location", "/a",
                        "sasl.jaas.config", "module required password=\"x\";",
                        "request.timeout.ms", "2"));
    }
}
