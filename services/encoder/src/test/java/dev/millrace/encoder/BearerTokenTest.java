package dev.millrace.encoder;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(BearerTokenTest.WithToken.class)
final class BearerTokenTest {
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

    @Test
    void withTheTokenItIs() {
        // When
        final Response response =
                given().header("Authorization", "Bearer open-sesame").get("/v1/models");

        // Then
        response.then().statusCode(200);
    }

    @Test
    void healthAndMetricsAreOpenAndReadinessWaitsForAVersion() {
        // Given
        final int before = given().get("/q/health/ready").statusCode();

        // When
        ServedOnce.version(store, "rest");

        // Then
        assertThat(before).isEqualTo(503);
        Await.until(() -> given().get("/q/health/ready").statusCode() == 200);
        given().get("/q/metrics").then().statusCode(200);
    }

    public static final class WithToken implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("millrace.http.token", "open-sesame");
        }
    }
}
