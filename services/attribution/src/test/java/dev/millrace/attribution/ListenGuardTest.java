package dev.millrace.attribution;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.attribution.config.Configs;
import dev.millrace.attribution.config.HttpConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListenGuardTest {
    private static final HttpConfig WITHOUT_TOKEN = Configs.http(Map.of());
    private static final HttpConfig WITH_TOKEN = Configs.http(Map.of("millrace.http.token", "secret"));

    @Test
    void loopbackNeedsNoToken() {
        assertThatCode(() -> ListenGuard.require("127.0.0.1", WITHOUT_TOKEN)).doesNotThrowAnyException();
    }

    @Test
    void beyondLoopbackATokenIsNeeded() {
        assertThatThrownBy(() -> ListenGuard.require("0.0.0.0", WITHOUT_TOKEN))
                .hasMessageContaining("millrace.http.token")
                .hasMessageContaining("0.0.0.0");
        assertThatCode(() -> ListenGuard.require("0.0.0.0", WITH_TOKEN)).doesNotThrowAnyException();
    }
}
