package dev.millrace.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private static final Map<String, String> ONE_EACH =
            Map.of("tokens.producer", "token-producer", "tokens.reader", "token-reader", "tokens.admin", "token-admin");

    @ParameterizedTest
    @EnumSource(Role.class)
    void aRolesTokenIsOfThatRoleAndNoOther(Role role) {
        // Given
        final Credentials credentials = Tokens.of(ONE_EACH);

        // When
        final Set<Role> roles = credentials.roles("Bearer token-" + role.word());

        // Then
        assertThat(roles).containsExactly(role);
    }

    @Test
    void theSharedTokenIsOfEveryRoleBesideTheirOwn() {
        // Given
        final Credentials credentials = Tokens.of(Map.of("token", "all", "tokens.reader", "read"));

        // When
        final Set<Role> roles = credentials.roles("Bearer all");

        // Then
        assertThat(roles).containsExactlyInAnyOrder(Role.values());
        assertThat(credentials.roles("Bearer read")).containsExactly(Role.READER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer all", "bearer all", "BEARER all", "bEaReR   all", " Bearer all "})
    void theSchemeIsTakenInLettersOfAnyCase(String authorization) {
        // Given
        final Credentials credentials = Tokens.of(Map.of("token", "all"));

        // When
        final Set<Role> roles = credentials.roles(authorization);

        // Then
        assertThat(roles).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "all",
                "Bearer",
                "Bearer ",
                "Bearer ALL",
                "Bearer al",
                "Bearer all all",
                "Basic all",
                "Bearerall"
            })
    void anythingElseIsNobody(String authorization) {
        // Given
        final Credentials credentials = Tokens.of(Map.of("token", "all"));

        // When
        final Set<Role> roles = credentials.roles(authorization);

        // Then
        assertThat(roles).isEmpty();
    }
}
