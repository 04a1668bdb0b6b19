package dev.millrace.encoder;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(AccessTest.WithToken.class)
final class AccessTest {
    @TestHTTPResource(management = true)
    URI management;

    @Inject
    CheckpointStore store;

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer open-sesam", "bearer", "Basic b3BlbjpzZXNhbWU=", ""})
    void withoutTheTokenNothingIsAnswered(String authorization) {
        // When
        final Response response = given().header("Authorization", authorization).get("/v1/models");

        // Then
        response.then()
                .statusCode(401)
                .contentType(startsWith("application/problem+json"))
                .header("WWW-Authenticate", "Bearer")
                .body("error.code", equalTo("unauthorized"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer open-sesame", "bearer of-readers"})
    void withAReadersTokenItIs(String authorization) {
        // When
        final Response response = given().header("Authorization", authorization).get("/v1/models");

        // Then
        response.then().statusCode(200);
    }

    @Test
    void withAnothersTokenItIsNot() {
        // When
        final Response response =
                given().header("Authorization", "Bearer of-producers").get("/v1/models");

        // Then
        response.then()
                .statusCode(403)
                .contentType(startsWith("application/problem+json"))
                .body("error.code", equalTo("forbidden"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/embed", "/similarity", "/api/embed", "/health", "/rerank"})
    void everyApiAsksForTheToken(String path) {
        // When
        final Response response =
                given().contentType("application/json").body("{}").post(path);

        // Then
        response.then().statusCode(401).header("WWW-Authenticate", "Bearer").body("error", notNullValue());
    }

    @Test
    void whatAProbeReadsIsOpenAndWhatNamesTheModelIsNot() {
        // When
        final int health = given().get("/health").statusCode();
        final int info = given().get("/info").statusCode();

        // Then
        assertThat(health).isIn(200, 503);
        assertThat(info).isEqualTo(401);
    }

    @Test
    void aRefusalIsInTheWordsOfTheApiAsked() {
        // When
        final Response tei = given().post("/embed");
        final Response cohere = given().post("/v2/embed");

        // Then
        tei.then().statusCode(401).body("error_type", equalTo("Validation"));
        cohere.then().statusCode(401).body("message", startsWith("Authorization"));
    }

    @Test
    void healthAndMetricsAreOpenAndReadinessWaitsForAVersion() {
        // Given
        final int before = given().get(management.resolve("health/ready")).statusCode();

        // When
        ServedOnce.version(store, "rest");

        // Then
        assertThat(before).isEqualTo(503);
        Await.until(() -> given().get(management.resolve("health/ready")).statusCode() == 200);
        given().get(management.resolve("metrics")).then().statusCode(200);
    }

    public static final class WithToken implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "millrace.http.token", "open-sesame",
                    "millrace.http.tokens.reader", "of-readers",
                    "millrace.http.tokens.producer", "of-producers");
        }
    }
}
