package dev.millrace.encoder.http.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.encoder.http.json.Inputs;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DialectsTest {
    @Test
    void whatIsRoutedIsWhatIsSpokenAndTheRoot() {
        // Given
        final Set<String> routed = Stream.of(Dialects.PATHS, Dialects.UNTYPED_PATHS)
                .flatMap(paths -> Arrays.stream(paths.split("\\|")))
                .map(path -> "/" + path)
                .collect(Collectors.toSet());
        routed.add("/");

        // When
        final Set<String> spoken = new Dialects(new Inputs(1, false)).paths();

        // Then
        assertThat(spoken).isEqualTo(routed);
    }
}
