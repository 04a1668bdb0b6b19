package dev.millrace.encoder;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.service.http.ProblemMappers;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A fault of the service itself: its callers are told that there is one, and its log says which. */
@QuarkusTest
@TestProfile(BrokenModelTest.OnItsOwn.class)
final class BrokenModelTest {
    @Inject
    CheckpointStore store;

    private final Logger mappers = Logger.getLogger(ProblemMappers.class.getName());
    private final Faults faults = new Faults();

    @BeforeEach
    void serve() {
        ServedOnce.version(store, "breaking");
        Await.until(() -> given().get("/v1/models/stable").statusCode() == 200);
        mappers.addHandler(faults);
    }

    @AfterEach
    void leave() {
        mappers.removeHandler(faults);
    }

    @Test
    void aModelThatFailsIsLoggedWithTheCauseAndAnsweredAsAProblem() {
        // When
        given().contentType("application/json")
                .body("{\"input\":\"" + FakeModels.FAILING + "\"}")
                .post("/v1/embeddings")
                .then()
                // Then
                .statusCode(500)
                .contentType("application/problem+json")
                .body("title", equalTo("Internal error"))
                .body("error.type", equalTo("server_error"))
                .body("error.message", equalTo("the request failed inside the service, its log says why"));
        assertThat(faults.records).singleElement().satisfies(record -> assertThat(record.getThrown())
                .hasMessage("no kernel for this text"));
    }

    private static final class Faults extends Handler {
        private final List<LogRecord> records = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** A bucket of its own. */
    public static final class OnItsOwn implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("millrace.encoder.cache-dir", "target/test-cache-broken-model");
        }
    }
}
