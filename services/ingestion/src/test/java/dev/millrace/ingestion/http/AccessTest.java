package dev.millrace.ingestion.http;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.millrace.service.http.Problem;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(AccessTest.WithTokens.class)
class AccessTest {
    private static final String PAIR = "{\"id\":\"p\",\"anchor\":\"x\"}";

    @TestHTTPResource(management = true)
    URI management;

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

    @ParameterizedTest
    @ValueSource(strings = {"Bearer secret", "bearer secret", "Bearer of-producers"})
    void letsProducersIn(String authorization) {
        // When
        given().contentType(ContentType.JSON)
                .header("Authorization", authorization)
                .body(PAIR)
                .post("/v1/pairs")
                .then()
                // Then
                .statusCode(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer of-readers", "Bearer of-admins"})
    void tellsOthersThatThisIsNotForThem(String authorization) {
        // When
        given().contentType(ContentType.JSON)
                .header("Authorization", authorization)
                .body(PAIR)
                .post("/v1/pairs")
                .then()
                // Then
                .statusCode(403)
                .contentType(Problem.MEDIA_TYPE)
                .body("detail", containsString("producer"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/ready", "/q/health/live"})
    void leavesHealthOpenForProbes(String path) {
        // When
        get(management.resolve(path))
                .then()
                // Then
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/metrics", "/q/health/../metrics", "//q//metrics", "/v1/../q/metrics", "/q/no-such"})
    void keepsMetricsFromAllButAdmins(String path) {
        // Given
        final RequestSpecification request = given().urlEncodingEnabled(false).port(management.getPort());

        // When
        request.get(path)
                .then()
                // Then
                .statusCode(401)
                .contentType(Problem.MEDIA_TYPE);
        request.header("Authorization", "Bearer of-producers").get(path).then().statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/openapi", "/q/metrics", "/q/no-such", "/v1/../q/openapi"})
    void keepsWhatIsForAdminsFromItsCallers(String path) {
        // When
        given().urlEncodingEnabled(false)
                .header("Authorization", "Bearer of-producers")
                .get(path)
                .then()
                // Then
                .statusCode(403);
        given().urlEncodingEnabled(false).get(path).then().statusCode(401);
    }

    @Test
    void letsAdminsSeeMetricsAndDescription() {
        // Given
        final RequestSpecification admin = given().header("Authorization", "Bearer of-admins");

        // When
        admin.get("/q/openapi")
                .then()
                // Then
                .statusCode(200);
        admin.get(management.resolve("/q/metrics")).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/metrics", "/q/health/ready"})
    void doesNotLetAWebPageReadWhatABrowserOnThisMachineReaches(String path) {
        // When
        given().header("Authorization", "Bearer of-admins")
                .header("Origin", "https://elsewhere.example")
                .get(management.resolve(path))
                .then()
                // Then
                .statusCode(200)
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void takesNoBodyWhereNobodyHasOneToSend() {
        // When
        given().body("x".repeat(2000))
                .post(management.resolve("/q/health/ready"))
                .then()
                // Then
                .statusCode(413);
    }

    /** A service that wants tokens. */
    public static final class WithTokens implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "millrace.http.token", "secret",
                    "millrace.http.tokens.producer", "of-producers",
                    "millrace.http.tokens.reader", "of-readers",
                    "millrace.http.tokens.admin", "of-admins");
        }
    }
}
