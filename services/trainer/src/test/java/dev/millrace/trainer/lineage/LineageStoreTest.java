package dev.millrace.trainer.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.pointer.StalePointerException;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.model.Pooling;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.network.Precision;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageStoreTest {
    @TempDir
    Path folder;

    private Workshop workshop;
    private LineageStore lineage;

    @BeforeEach
    void open() {
        workshop = new Workshop(folder, Precision.FP32, 1);
        lineage = workshop.lineage(1);
    }

    @Test
    void aBucketWithoutVersionsHasNoPosition() {
        assertThat(lineage.position()).isEmpty();
    }

    @Test
    void theBaseModelIsVersionZeroAndTheHead() throws IOException {
        // Given what else lies in a user's folder
        Files.writeString(workshop.baseModel().resolve("notes of mine.md"), "private");
        Files.writeString(workshop.baseModel().resolve("tokenizer_config.json"), "{}");

        // When
        Position base = workshop.beginning(1).begin();

        // Then
        Manifest manifest = base.manifest();
        assertThat(manifest.version()).matches("v000000-[0-9a-f]{8}");
        assertThat(manifest.parent()).isEmpty();
        assertThat(manifest.offsets()).isEmpty();
        assertThat(manifest.records()).isEqualTo(Records.NONE);
        assertThat(manifest.files())
                .containsOnlyKeys(
                        "1_Pooling/config.json",
                        "2_Normalize/config.json",
                        "config.json",
                        "model.safetensors",
                        "modules.json",
                        "sentence_bert_config.json",
                        "tokenizer.json",
                        "tokenizer_config.json");
        assertThat(lineage.position()).contains(base);
        assertThat(lineage.isHead(base)).isTrue();
    }

    @Test
    void aBaseModelBehindALinkAndWithPoolingUnderAnotherPathIsPublishedWhole() throws IOException {
        // Given
        Path model = workshop.baseModel();
        Files.createDirectories(model.resolve("parts"));
        Files.writeString(model.resolve("pooling.json"), "{\"pooling_mode\": \"cls\"}");
        Files.createDirectories(model.resolve("parts/pooling"));
        Files.createSymbolicLink(model.resolve("parts/pooling/config.json"), model.resolve("pooling.json"));
        Files.writeString(model.resolve("modules.json"), """
                [{"idx": 0, "path": "", "type": "sentence_transformers.models.Transformer"},
                 {"idx": 1, "path": "parts/pooling", "type": "sentence_transformers.models.Pooling"}]""");

        // When
        Position base = workshop.beginning(1, Optional.of(Files.createSymbolicLink(folder.resolve("link"), model)))
                .begin();

        // Then
        assertThat(base.manifest().files())
                .containsOnlyKeys(
                        "config.json",
                        "model.safetensors",
                        "modules.json",
                        "parts/pooling/config.json",
                        "sentence_bert_config.json",
                        "tokenizer.json",
                        "tokenizer_config.json");
        assertThat(ModelFolder.read(lineage.download(base)).pooling()).isEqualTo(Pooling.CLS);
    }

    @Test
    void aBaseModelWhoseWeightsAreInSeveralFilesIsPublishedInOne() throws IOException {
        // Given
        Path model = workshop.baseModel();
        Path weights = model.resolve("model.safetensors");
        byte[] before = Files.readAllBytes(weights);
        Files.move(weights, model.resolve("model-1.safetensors"));
        Files.writeString(
                model.resolve("model.safetensors.index.json"), "{\"weight_map\": {\"any\": \"model-1.safetensors\"}}");

        // When
        Position base = workshop.beginning(1).begin();

        // Then
        assertThat(base.manifest().files())
                .containsKey("model.safetensors")
                .doesNotContainKeys("model-1.safetensors", "model.safetensors.index.json");
        assertThat(lineage.download(base).resolve("model.safetensors")).hasBinaryContent(before);
    }

    @Test
    void aModelThatCannotBeTrainedDoesNotBecomeVersionZero() throws IOException {
        // Given
        Path config = workshop.baseModel().resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"bert\"", "\"t5\""));

        // When, Then
        assertThatThrownBy(() -> workshop.beginning(1).begin())
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("model_type is \"t5\"");
        assertThat(lineage.position()).isEmpty();
    }

    @Test
    void aBeginningThatBrokeOffBeforeTheHeadIsTakenUp() {
        // Given the same base published by a trainer that died then
        Workshop other = new Workshop(folder.resolve("other"), Precision.FP32, 1);
        Position elsewhere = other.beginning(1).begin();
        publishOnly(elsewhere.manifest());

        // When
        Position base = workshop.beginning(1).begin();

        // Then
        assertThat(base.manifest().version()).isEqualTo(elsewhere.manifest().version());
        assertThat(workshop.store().versions()).hasSize(1);
    }

    private void publishOnly(Manifest manifest) {
        workshop.store()
                .publish(
                        new Draft(
                                manifest.version(),
                                manifest.parent(),
                                manifest.space(),
                                manifest.topic(),
                                manifest.offsets(),
                                manifest.records(),
                                manifest.evaluation(),
                                manifest.decision(),
                                manifest.configuration()),
                        workshop.baseModel());
    }

    @Test
    void onlyOneTrainerBeginsALineage() {
        // Given
        workshop.beginning(1).begin();

        // When, Then
        assertThatThrownBy(() -> workshop.beginning(2).begin()).isInstanceOf(StalePointerException.class);
    }

    @Test
    void aChildNamesItsParentAndWhereToReadOn() {
        // Given
        Position base = workshop.train(lineage, Pairs.lesson(0, 96), 0);

        // When
        Position child = workshop.train(lineage, Pairs.lesson(0, 96), 1);

        // Then
        assertThat(child.manifest().version()).matches("v000001-[0-9a-f]{8}");
        assertThat(child.manifest().parent()).contains(base.manifest().version());
        assertThat(child.manifest().space()).isEqualTo(base.manifest().space());
        assertThat(child.manifest().offsets()).isEqualTo(Map.of("pairs-0", 96L));
        assertThat(child.manifest().files()).containsKeys("training-state/learning.json", "model.safetensors");
        assertThat(lineage.isHead(base)).isFalse();
        assertThat(lineage.isHead(child)).isTrue();
    }

    @Test
    void whatWasNotLearnedIsNotSentAgain() {
        // Given
        Position base = workshop.train(lineage, Pairs.lesson(0, 96), 0);

        // When
        Position child = workshop.train(lineage, Pairs.lesson(0, 96), 1);

        // Then
        assertThat(child.manifest().homes())
                .containsEntry("tokenizer.json", base.manifest().version())
                .containsEntry("config.json", base.manifest().version());
        assertThat(child.manifest().own()).contains("model.safetensors", "training-state/learning.json");
        assertThat(workshop.files(child)).containsKey("tokenizer.json");
    }

    @Test
    void downloadsLeaveNothingOlderBehind() {
        // Given
        Position base = workshop.beginning(1).begin();
        Path first = lineage.download(base);
        Position child = workshop.train(lineage, Pairs.lesson(0, 96), 1);

        // When
        Path second = lineage.download(child);

        // Then
        assertThat(first).doesNotExist();
        assertThat(second.resolve("training-state/learning.json")).exists();
    }

    @Test
    void theWorkFolderLeavesAloneWhatIsNotTheTrainers() throws IOException {
        // Given
        Path mine = Files.writeString(
                Files.createDirectories(folder.resolve("work-7")).resolve("mine.txt"), "kept");

        // When
        workshop.lineage(7);

        // Then
        assertThat(mine).hasContent("kept");
    }
}
