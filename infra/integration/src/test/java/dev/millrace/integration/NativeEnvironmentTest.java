package dev.millrace.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.devstack.options.Home;
import dev.millrace.devstack.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What libtorch reads from the environment before any Java runs stands in every place that starts a JVM; it is the same in all. */
class NativeEnvironmentTest {
    private static final Pattern LAUNCHER = Pattern.compile("\\b(\\w+)=\\$\\{\\1:-(\\w+)}");
    private static final Pattern IMAGE = Pattern.compile("(?m)^(?:ENV| {3}) (\\w+)=(\\S+)");

    private final Path root = Home.find().root();

    @Test
    void theLauncherSetsAllThatTheUserHasNot() throws IOException {
        // Given
        String exports = read("millrace")
                .lines()
                .filter(line -> line.contains("export "))
                .collect(Collectors.joining("\n"));

        // When
        Map<String, String> set = settings(LAUNCHER, exports);

        // Then
        assertThat(set).isEqualTo(JavaCommand.NATIVE_ENVIRONMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"encoder", "trainer"})
    void anImageThatRunsAModelSetsAll(String service) throws IOException {
        // Given
        String image = read("deploy/images/" + service + "/Dockerfile");

        // When
        Map<String, String> set = settings(IMAGE, image);

        // Then
        assertThat(set).containsAllEntriesOf(JavaCommand.NATIVE_ENVIRONMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"deploy/images/encoder/Dockerfile", "deploy/images/trainer/Dockerfile", "millrace", "pom.xml"})
    void whatEncodesIsStartedWithTheVectorApi(String place) throws IOException {
        // When
        String text = read(place);

        // Then
        assertThat(text).contains(JavaCommand.VECTOR_API);
    }

    private String read(String file) throws IOException {
        return Files.readString(root.resolve(file));
    }

    private static Map<String, String> settings(Pattern setting, String text) {
        return setting.matcher(text)
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
    }
}
