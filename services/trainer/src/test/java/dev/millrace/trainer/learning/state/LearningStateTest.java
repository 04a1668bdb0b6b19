package dev.millrace.trainer.learning.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.evaluate.Change;
import dev.millrace.trainer.learning.evaluate.Deficit;
import dev.millrace.trainer.learning.evaluate.GoldenTexts;
import dev.millrace.trainer.learning.evaluate.GroupStanding;
import dev.millrace.trainer.learning.evaluate.Restlessness;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.testing.Configs;
import dev.millrace.trainer.testing.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningStateTest {
    private static final GroupStanding REFUSED =
            new GroupStanding(new Deficit(0.3, 0.05), new Restlessness(2, 3.5), OptionalDouble.of(0.2));

    private final LearningConfig config =
            Configs.learning("replay-capacity", "20", "held-out-capacity", "10", "seen-ids", "15");

    @TempDir
    Path folder;

    @Test
    void whatIsSavedIsWhatIsLoaded() {
        // Given
        LearningState state = used();
        state.save(folder);

        // When
        LearningState loaded = LearningState.load(folder, config);

        // Then
        assertThat(loaded.replay.pairs()).isEqualTo(state.replay.pairs()).hasSize(20);
        assertThat(loaded.replay.offered()).isEqualTo(100);
        assertThat(loaded.heldOut.fresh()).isEqualTo(state.heldOut.fresh()).hasSize(10);
        assertThat(loaded.heldOut.memory().pairs())
                .isEqualTo(state.heldOut.memory().pairs());
        assertThat(loaded.heldOut.memory().offered()).isEqualTo(30);
        assertThat(loaded.heldOut.graded().pairs())
                .isEqualTo(state.heldOut.graded().pairs())
                .hasSize(1);
        assertThat(loaded.heldOut.texts().pairs())
                .isEqualTo(state.heldOut.texts().pairs())
                .hasSize(2);
        assertThat(loaded.heldOut.texts().offered()).isEqualTo(2);
        assertThat(loaded.seen.oldestFirst()).isEqualTo(state.seen.oldestFirst());
        assertThat(loaded.windows()).isEqualTo(2);
        assertThat(loaded.norms.mean()).isEqualTo(1.5);
        assertThat(loaded.deficit("held-out")).isEqualTo(new Deficit(0.015, 0.04));
        assertThat(loaded.deficit("fresh")).isEqualTo(Deficit.NONE);
        assertThat(loaded.groups().ledger(2)).isEqualTo(state.groups().ledger(2));
        assertThat(loaded.groups().standings())
                .isEqualTo(state.groups().standings())
                .hasSize(2);
        assertThat(loaded.golden().texts()).containsExactly("a", "b");
        assertThat(loaded.golden().drift(state.golden())).isZero();
    }

    @Test
    void equalStatesAreEqualBytes() throws IOException {
        // Given
        used().save(folder.resolve("one"));
        used().save(folder.resolve("two"));

        // When
        String counters = Files.readString(folder.resolve("one/learning.json"));

        // Then the order of keys is stated, since one that changes from process to process would not show here
        assertThat(counters)
                .isEqualTo(
                        "{\"windows\":2,\"replayed\":100,\"remembered\":30,\"graded\":1,\"texts\":2,\"norms\":{\"steps\":1,\"mean\":1.5},\"deficits\":{\"held-out\":{\"lost\":0.015,\"flipped\":0.04}}}");
        for (String file : new String[] {
            "replay.jsonl",
            "held-out-fresh.jsonl",
            "held-out-memory.jsonl",
            "held-out-graded.jsonl",
            "held-out-texts.jsonl",
            "seen-ids.json",
            "groups.json",
            "golden.json"
        }) {
            assertThat(folder.resolve("two").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
        }
    }

    @Test
    void aFolderWithoutStateIsALineagesBeginning() {
        // When
        LearningState state = LearningState.load(folder.resolve("nothing"), config);

        // Then
        assertThat(state.windows()).isZero();
        assertThat(state.replay.pairs()).isEmpty();
        assertThat(state.seen.oldestFirst()).isEmpty();
    }

    @Test
    void theStateOfAVersionThatKeptPairsOnlyIsReadAsItIs() throws IOException {
        // Given
        used().save(folder);
        Files.delete(folder.resolve("held-out-graded.jsonl"));
        Files.delete(folder.resolve("held-out-texts.jsonl"));
        Path counters = folder.resolve("learning.json");
        Files.writeString(counters, Files.readString(counters).replace("\"graded\":1,\"texts\":2,", ""));

        // When
        LearningState state = LearningState.load(folder, config);

        // Then
        assertThat(state.heldOut.fresh()).hasSize(10);
        assertThat(state.heldOut.graded().offered()).isZero();
        assertThat(state.heldOut.texts().pairs()).isEmpty();
    }

    @Test
    void aStratifiedReplayIsSavedWithThePlacesOfItsPairs() {
        // Given
        LearningConfig stratified = Configs.learning("replay-capacity", "20", "replay", "stratified");
        LearningState state = LearningState.load(folder.resolve("nothing"), stratified);
        Pairs.different(100).forEach(state.replay::offer);
        state.save(folder);

        // When
        LearningState loaded = LearningState.load(folder, stratified);

        // Then
        assertThat(loaded.replay.pairs()).isEqualTo(state.replay.pairs()).isNotEmpty();
        assertThat(loaded.replay.places()).isEqualTo(state.replay.places()).allSatisfy(place -> assertThat(place)
                .isBetween(1L, 100L));
    }

    @Test
    void aPlainReplayIsTakenUpAsAStratifiedOneAndBack() {
        // Given
        used().save(folder);

        // When
        LearningState stratified =
                LearningState.load(folder, Configs.learning("replay-capacity", "20", "replay", "stratified"));
        stratified.save(folder.resolve("stratified"));
        LearningState plain = LearningState.load(folder.resolve("stratified"), config);

        // Then
        assertThat(stratified.replay.pairs()).hasSize(20);
        assertThat(plain.replay.pairs()).isEqualTo(stratified.replay.pairs());
        assertThat(plain.replay.offered()).isEqualTo(100);
    }

    @Test
    void placesThatAreNotThoseOfThePairsAreNamed() throws IOException {
        // Given
        used().save(folder);
        Files.writeString(folder.resolve("replay-places.json"), "[1,2]");

        // When, Then
        assertThatThrownBy(() -> LearningState.load(folder, Configs.learning("replay", "stratified")))
                .hasMessageContaining("replay-places.json holds 2 places for 20 pairs");
    }

    @Test
    void whatGroupsLostInTheStateOfAnOlderVersionIsTakenUp() throws IOException {
        // Given
        used().save(folder);
        Files.delete(folder.resolve("groups.json"));
        Path counters = folder.resolve("learning.json");
        String lost = "{\"forgetting.refunds\":{\"lost\":0.1,\"flipped\":0.2},";
        Files.writeString(counters, Files.readString(counters).replace("\"deficits\":{", "\"deficits\":" + lost));

        // When
        LearningState state = LearningState.load(folder, config);

        // Then
        assertThat(state.groups().standings())
                .isEqualTo(Map.of("refunds", GroupStanding.NEW.with(new Deficit(0.1, 0.2))));
    }

    @Test
    void driftIsMeasuredOnTheTextsOfWhatIsServed() {
        // Given a version that is served and has other texts
        LearningState state = used();
        GoldenTexts served = new GoldenTexts(List.of("b", "c"), List.of(new float[] {0, 1}, new float[] {1, 0}));

        // When
        state.served(served);
        state.served(GoldenTexts.NONE);

        // Then
        assertThat(state.golden()).isEqualTo(served);
    }

    @Test
    void aTextIsRememberedWhereAnythingIs() {
        // Given
        LearningState nothing = LearningState.load(folder.resolve("nothing"), config);
        LearningState state = used();

        // When
        Optional<String> remembered = state.remembered();

        // Then
        assertThat(remembered).isEqualTo(state.remembered()).isPresent();
        assertThat(state.replay.pairs()).extracting(Pair::anchor).contains(remembered.orElseThrow());
        assertThat(nothing.remembered()).isEmpty();
    }

    @Test
    void aStateThatIsDamagedIsNamed() throws IOException {
        // Given
        used().save(folder);
        Files.writeString(folder.resolve("replay.jsonl"), "{\"no\":\"pair\"}\n");

        // When, Then
        assertThatThrownBy(() -> LearningState.load(folder, config)).hasMessageContaining("replay.jsonl");
    }

    private LearningState used() {
        LearningState state = LearningState.load(folder.resolve("nothing"), config);
        Pairs.different(100).forEach(state.replay::offer);
        Pairs.different(30).forEach(state.heldOut::keep);
        List.of(Pairs.alone("x", "one"), Pairs.graded("y", "two", "three", 0.1), Pairs.alone("z", "four"))
                .forEach(state.heldOut::keep);
        Pairs.different(40).forEach(pair -> state.seen.add(pair.id()));
        state.windowDone();
        state.windowDone();
        state.norms.add(1.5);
        state.deficits(new TreeMap<>(Map.of("held-out", new Deficit(0.015, 0.04))));
        state.groups().changed(new TreeMap<>(Map.of("refunds", new Change(4, 2, 1, 0))), new Change(9, 5, 1, 1));
        state.groups().standings(new TreeMap<>(Map.of("delivery", REFUSED, "refunds", GroupStanding.NEW)));
        state.golden(new GoldenTexts(List.of("a", "b"), List.of(new float[] {1, 0}, new float[] {0.6f, 0.8f})));
        return state;
    }
}
