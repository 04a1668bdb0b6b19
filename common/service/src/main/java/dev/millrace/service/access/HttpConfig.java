package dev.millrace.service.access;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** Who may call; without any token whoever is on this machine may. */
@ConfigMapping(prefix = "millrace.http")
public interface HttpConfig {
    /** A regular expression: what can stand in a header behind {@code Bearer}. */
    String TOKEN = "\\S+";

    /** What is wrong with a token that does not match it. */
    String BAD_TOKEN = "must be without white space";

    /** One for every role: the whole installation's. */
    Optional<@Pattern(regexp = TOKEN, message = BAD_TOKEN) String> token();

    /** One for each role. */
    Tokens tokens();

    /** A role's token says who calls: the holder of one opens no other's doors. */
    interface Tokens {
        /** Of those who post pairs, impressions and clicks. */
        Optional<@Pattern(regexp = TOKEN, message = BAD_TOKEN) String> producer();

        /** Of those who ask for vectors. */
        Optional<@Pattern(regexp = TOKEN, message = BAD_TOKEN) String> reader();

        /** Of those who look after the services: metrics and API descriptions are closed to all others once it is set. */
        Optional<@Pattern(regexp = TOKEN, message = BAD_TOKEN) String> admin();
    }
}
