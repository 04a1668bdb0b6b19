package dev.millrace.service.access;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configured tokens, and whose a given one is. Never writes one. For any thread. */
@Singleton
public final class Credentials {
    private static final Pattern BEARER = Pattern.compile("bearer +(\\S+)", Pattern.CASE_INSENSITIVE);

    private final Map<Role, List<byte[]>> tokens = new EnumMap<>(Role.class);

    @Inject
    public Credentials(HttpConfig http) {
        add(Role.PRODUCER, http.tokens().producer(), http.token());
        add(Role.READER, http.tokens().reader(), http.token());
        add(Role.ADMIN, http.tokens().admin(), http.token());
    }

    private void add(Role role, Optional<String> own, Optional<String> everyones) {
        final List<byte[]> accepted = new ArrayList<>();
        own.map(Credentials::bytes).ifPresent(accepted::add);
        everyones.map(Credentials::bytes).ifPresent(accepted::add);
        tokens.put(role, List.copyOf(accepted));
    }

    /** Whether somebody can be of this role. */
    boolean exist(Role role) {
        return !tokens.get(role).isEmpty();
    }

    /** Whether there is any token at all. */
    boolean exist() {
        return tokens.values().stream().anyMatch(accepted -> !accepted.isEmpty());
    }

    /**
     * The roles of whoever sends this; none when the token is not one of ours.
     *
     * @param authorization the value of the header {@code Authorization}, whose scheme may be in letters of any case
     */
    Set<Role> roles(String authorization) {
        final Matcher bearer = BEARER.matcher(authorization.strip());
        final Set<Role> roles = EnumSet.noneOf(Role.class);
        if (bearer.matches()) {
            final byte[] given = bytes(bearer.group(1));
            tokens.forEach((role, accepted) -> {
                if (matches(given, accepted)) {
                    roles.add(role);
                }
            });
        }
        return roles;
    }

    /** In constant time, and all of them, so that the time taken tells nothing about a token. */
    private static boolean matches(byte[] given, List<byte[]> accepted) {
        boolean matches = false;
        for (byte[] token : accepted) {
            matches |= MessageDigest.isEqual(given, token);
        }
        return matches;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
