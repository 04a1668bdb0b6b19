package dev.millrace.ingestion.http;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.millrace.service.http.Problem;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(BearerTokenTest.WithToken.class)
class BearerTokenTest {
    private static final String PAIR = "{\"id\":\"p\",\"anchor\":\"x\"}";

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer wrong", "Basic secret", "secret"})
    void keepsOthersOut(String authorization) {
        // When
        given().contentType(ContentType.JSON)
                .header("Authorization", authorization)
                .body(PAIR)
                .post("/v1/pairs")
                .then()
                // Then
                .statusCode(401)
                .contentType(Problem.MEDIA_TYPE)
                .header("WWW-Authenticate", "Bearer")
                .body("status", equalTo(401));
    }

    @Test
    void letsTheTokensHolderIn() {
        // When
        given().contentType(ContentType.JSON)
                .header("Authorization", "Bearer secret")
                .body(PAIR)
                .post("/v1/pairs")
                .then()
                // Then
                .statusCode(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/ready", "/q/health/live", "/q/metrics", "/q/openapi"})
    void leavesHealthAndMetricsOpen(String path) {
        // When
        get(path)
                .then()
                // Then
                .statusCode(200);
    }

    /** A service that wants a token. */
    public static final class WithToken implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("millrace.http.token", "secret");
        }
    }
}
