package dev.millrace.trainer.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.network.Precision;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.SettableClock;
import dev.millrace.trainer.testing.Workshop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing becomes version 0 that was not loaded, encoded with and compared. */
class BeginningTest {
    @TempDir
    Path folder;

    private Workshop workshop;

    @BeforeEach
    void open() {
        workshop = new Workshop(folder, Precision.FP32, 1);
    }

    @Test
    void aModelWhoseWeightsAreIncompleteIsNotPublished() throws IOException {
        // Given a configuration that promises a layer more than there is
        Path config = workshop.baseModel().resolve("config.json");
        Files.writeString(
                config, Files.readString(config).replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3"));

        // When, Then
        assertThatThrownBy(() -> workshop.beginning(1).begin())
                .isInstanceOf(UnsupportedModelException.class)
                .message()
                .doesNotContain("\n");
        assertThat(workshop.store().versions()).isEmpty();
        assertThat(workshop.store().head()).isEmpty();
    }

    @Test
    void aModelWhoseVectorsAreNoNumbersIsNotPublished() throws IOException {
        // Given
        Path weights = workshop.baseModel().resolve("model.safetensors");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(weights)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = bytes.capacity() - 4 * 32; i < bytes.capacity(); i += 4) {
            bytes.putFloat(i, Float.NaN);
        }
        Files.write(weights, bytes.array());

        // When, Then
        assertThatThrownBy(() -> workshop.beginning(1).begin())
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("the base model is not published")
                .message()
                .doesNotContain("\n");
        assertThat(workshop.store().versions()).isEmpty();
    }

    @Test
    void aBaseThatNothingCanLoadIsBegunAnew() throws IOException {
        // Given the same weights without a tokenizer that can be read, published before models were proven
        Position unloadable = publishBroken();

        // When
        Position base = workshop.beginning(1).replace(unloadable);

        // Then
        assertThat(base.manifest().version())
                .startsWith("v000000-")
                .isNotEqualTo(unloadable.manifest().version());
        assertThat(workshop.store().head().map(Pointer::version))
                .contains(base.manifest().version());
        try (var learner = workshop.learner(workshop.lineage(1).download(base))) {
            assertThat(learner.windows()).isZero();
        }
    }

    @Test
    void nothingIsBegunAnewWhereSomethingWasLearnedOrThereIsNoOtherModel() throws IOException {
        // Given
        Position learned = workshop.train(workshop.lineage(1), Pairs.lesson(0, 96), 1);
        Position base = new Position(
                learned.head(),
                workshop.store()
                        .manifest(learned.manifest().parent().orElseThrow())
                        .orElseThrow());

        // When
        boolean aHeadWithAParent = workshop.beginning(2).mayReplace(learned);
        boolean aBaseWithDescendants = workshop.beginning(2).mayReplace(base);
        boolean withoutAModel = workshop.beginning(2, Optional.empty()).mayReplace(base);

        // Then
        assertThat(aHeadWithAParent).isFalse();
        assertThat(aBaseWithDescendants).isFalse();
        assertThat(withoutAModel).isFalse();
    }

    @Test
    void channelsGoOnToTheBaseThatTookAnOthersPlace() throws IOException {
        // Given
        Position unloadable = publishBroken();
        SettableClock clock = new SettableClock();
        Channel stable = new Channel(workshop.store(), "stable");
        Channel candidate = new Channel(workshop.store(), "candidate");
        Promotion promotion = new Promotion(candidate, stable, event -> {}, clock);
        promotion.follow(unloadable.manifest());
        candidate.hold("looking at it");
        Position base = workshop.beginning(1).replace(unloadable);

        // When
        promotion.replace(unloadable.manifest().version(), base.manifest());

        // Then a held channel stays where it is held
        assertThat(stable.pointer().map(Pointer::version))
                .contains(base.manifest().version());
        assertThat(candidate.pointer().map(Pointer::version))
                .contains(unloadable.manifest().version());
    }

    private Position publishBroken() throws IOException {
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Files.copy(workshop.baseModel().resolve("model.safetensors"), broken.resolve("model.safetensors"));
        Files.copy(workshop.baseModel().resolve("config.json"), broken.resolve("config.json"));
        Files.writeString(broken.resolve("tokenizer.json"), "{}");
        String version = VersionNames.base(broken);
        var manifest = workshop.store()
                .publish(
                        new Draft(
                                version,
                                Optional.empty(),
                                VersionNames.space(version),
                                Optional.empty(),
                                new TreeMap<>(),
                                Records.NONE,
                                new TreeMap<>(),
                                Optional.empty(),
                                new TreeMap<>()),
                        broken);
        return new Position(workshop.store().moveHead(Optional.empty(), version), manifest);
    }
}
