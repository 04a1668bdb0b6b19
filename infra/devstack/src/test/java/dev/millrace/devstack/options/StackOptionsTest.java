package dev.millrace.devstack.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.devstack.DevStack;
import dev.millrace.devstack.process.Ports;
import dev.millrace.devstack.process.Screen;
import dev.millrace.devstack.process.SecretFile;
import dev.millrace.devstack.process.StartFailedException;
import dev.millrace.devstack.services.ServiceProcesses;
import dev.millrace.devstack.storage.S3Server;
import dev.millrace.embedding.model.UnsupportedModelException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackOptionsTest {
    @TempDir
    Path folder;

    @Test
    void oneSettingMoreKeepsTheOthers() {
        // Given
        StackOptions options =
                StackOptions.in(folder).withTrainers(3).withSetting(Service.TRAINER, "millrace.trainer.threads", "1");

        // When
        StackOptions more = options.withSetting(Service.TRAINER, "millrace.trainer.seed", "7");

        // Then
        assertThat(more.fleet().settings(Service.TRAINER))
                .containsEntry("millrace.trainer.threads", "1")
                .containsEntry("millrace.trainer.seed", "7");
        assertThat(more.fleet().trainers()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 17})
    void anImpossibleNumberOfTrainersIsRefused(int trainers) {
        // Given
        StackOptions options = StackOptions.in(folder);

        // When / Then
        assertThatThrownBy(() -> options.withTrainers(trainers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1..16");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536, 99_999})
    void anImpossiblePortIsRefusedByItsService(int port) {
        // Given
        StackOptions options = StackOptions.in(folder);

        // When / Then
        assertThatThrownBy(() -> options.withPort(Service.ENCODER, port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the port of encoder must be 1..65535, not " + port);
    }

    @Test
    void aModelFolderThatIsNotThereIsSaidToBeNotThere() {
        // Given
        StackOptions options = StackOptions.in(folder.resolve("stack")).withModel(folder.resolve("away"));

        // When / Then
        assertThatThrownBy(() -> DevStack.start(options, Screen.silent()))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessage("there is no model folder " + folder.resolve("away"));
    }

    @Test
    void aModelThatIsNotSupportedIsRefusedBeforeAnythingStarts() throws IOException {
        // Given
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"distilbert\"}");
        StackOptions options = StackOptions.in(folder.resolve("stack")).withModel(folder);

        // When / Then
        assertThatThrownBy(() -> DevStack.start(options, Screen.silent()))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("config.json: model_type is \"distilbert\"");
        assertThat(options.folder()).doesNotExist();
    }

    @Test
    void aModelFolderThatIsALinkIsTheFolderThatItLeadsTo() throws IOException {
        // Given
        Path model = Files.createDirectory(folder.resolve("model"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), model);

        // When
        StackOptions options = StackOptions.in(folder).withModel(link);

        // Then
        assertThat(options.model()).hasValue(model.toRealPath());
    }

    @Test
    void aModelFolderThatIsNotThereKeepsItsName() {
        // When
        StackOptions options = StackOptions.in(folder).withModel(folder.resolve("away"));

        // Then
        assertThat(options.model()).hasValue(folder.resolve("away").toAbsolutePath());
    }

    @Test
    void everyProcessHasItsOwnNameAndPorts() {
        // Given
        Fleet fleet = Fleet.one().withTrainers(3);

        // When
        ServiceProcesses processes = new ServiceProcesses(fleet, new Ports());

        // Then
        assertThat(processes.names())
                .containsExactly("ingestion", "attribution", "trainer", "trainer-2", "trainer-3", "encoder");
        assertThat(processes.management().values()).doesNotHaveDuplicates();
        assertThat(processes.urls().get("trainer-2"))
                .as("it has no API")
                .isEqualTo(processes.management().get("trainer-2"));
        assertThat(List.of(processes.urls().get("ingestion"), processes.urls().get("encoder")))
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(processes.management().values());
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        // Given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Fleet fleet = Fleet.one().withPort(Service.ENCODER, taken.getLocalPort());

            // When / Then
            assertThatThrownBy(() -> new ServiceProcesses(fleet, new Ports()))
                    .isInstanceOf(StartFailedException.class)
                    .hasMessage("port " + taken.getLocalPort() + " is in use");
        }
    }

    @Test
    void twoStacksNeverShareAFolder() throws IOException {
        // Given
        StackOptions options = StackOptions.in(folder);
        try (Layout first = Layout.claim(options)) {
            SecretFile.write(first.endpoints(), "{}");

            // When / Then
            assertThatThrownBy(() -> Layout.claim(options))
                    .isInstanceOf(StartFailedException.class)
                    .hasMessageContaining("another stack runs in " + folder);
            assertThat(first.endpoints()).exists();
        }
    }

    @Test
    void whatIsKeptSurvivesTheStopAndTheRestDoesNot() throws IOException {
        // Given
        Path keep = folder.resolve("kept");
        Path stack = folder.resolve("stack");
        Path record;
        Path secret;

        // When
        try (Layout layout = Layout.claim(StackOptions.in(stack).keeping(keep))) {
            record = SecretFile.write(layout.data("kafka").resolve("record"), "x");
            secret = SecretFile.write(layout.run("s3").resolve("s3proxy.properties"), "x");
        }

        // Then
        assertThat(record).exists().startsWith(keep);
        assertThat(secret).doesNotExist();
        assertThat(Files.exists(stack.resolve("endpoints.json"))).isFalse();
    }

    @Test
    void aMissingMinioIsNamed() throws IOException {
        // Given
        S3Kind kind = S3Kind.minio("/no/such/minio");
        S3Server server = new S3Server(new Ports());
        try (Layout layout = Layout.claim(StackOptions.in(folder))) {

            // When / Then
            assertThatThrownBy(() -> server.spec(kind, Home.find(), layout, Screen.silent()))
                    .isInstanceOf(StartFailedException.class)
                    .hasMessage("--minio: /no/such/minio is not an executable file");
        }
    }
}
