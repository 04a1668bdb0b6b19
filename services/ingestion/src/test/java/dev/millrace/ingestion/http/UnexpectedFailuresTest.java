package dev.millrace.ingestion.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.millrace.service.http.Problem;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class UnexpectedFailuresTest {
    private final Logger everything = Logger.getLogger("");
    private final Errors errors = new Errors();

    @BeforeEach
    void listen() {
        everything.addHandler(errors);
    }

    @AfterEach
    void leave() {
        everything.removeHandler(errors);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resource", "disk", "later", "library", "filter"})
    void aBugIsLoggedOnceWithItsCauseAndAnsweredAsAProblem(String part) {
        // When
        given().get("/v1/failing/" + part)
                .then()
                // Then
                .statusCode(500)
                .contentType(Problem.MEDIA_TYPE)
                .body("status", equalTo(500))
                .body("title", equalTo("Internal error"))
                .body("detail", equalTo("the request failed inside the service, its log says why"));
        assertThat(errors.records).singleElement().satisfies(record -> assertThat(record.getThrown())
                .hasStackTraceContaining(FailingResource.CAUSE));
    }

    @ParameterizedTest
    @CsvSource({"/v1/pairs, [, 400", "/v1/pairs, {}, 400", "/v1/nothing, {}, 404", "/v1/failing/resource, {}, 405"})
    void aCallersMistakeIsNoError(String path, String body, int status) {
        // When
        given().contentType(ContentType.JSON)
                .body(body)
                .post(path)
                .then()
                // Then
                .statusCode(status)
                .contentType(Problem.MEDIA_TYPE);
        assertThat(errors.records).isEmpty();
    }

    /** What any part of the service has logged at ERROR. */
    private static final class Errors extends Handler {
        private final List<LogRecord> records = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
                records.add(record);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
