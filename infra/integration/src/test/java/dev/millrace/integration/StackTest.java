package dev.millrace.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.client.ingestion.Outcome;
import dev.millrace.devstack.DevStack;
import dev.millrace.devstack.RandomModel;
import dev.millrace.devstack.clients.Management;
import dev.millrace.devstack.clients.PairsTopic;
import dev.millrace.devstack.clients.Versions;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.process.Screen;
import dev.millrace.events.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes through a stack of real processes: a pair at the front door, floods of bad records at the back, a version that is slow. */
class StackTest {
    private static final int FLOOD = SharedStack.FLOOD;
    private static final long SEED = Long.getLong("millrace.fuzz.seed", 7);
    private static final Topics TOPICS = new Topics("");
    private static final Duration LIMIT = Duration.ofMinutes(FLOOD > SharedStack.SMALL_FLOOD ? 20 : 3);
    private static final Path FILE = SharedStack.OPTIONS.folder().resolve("endpoints.json");

    private final SharedStack shared = SharedStack.get();
    private final DevStack stack = shared.stack();
    private final Versions versions = shared.versions();

    @Test
    void aPostedPairEndsInTheTopic() throws IOException, InterruptedException {
        // Given
        String id = "walk-1";

        // When
        List<Outcome> outcomes = shared.producer().pairs(List.of(TestEvents.pair(id)));

        // Then
        assertThat(outcomes).containsExactly(new Outcome.Accepted());
        assertThat(PairsTopic.ids(stack.endpoints().kafka())).contains(id);
    }

    @Test
    void scriptsFindEveryLivingProcess() throws IOException {
        // When
        JsonNode pids = new ObjectMapper().readTree(FILE.toFile()).at("/pids");

        // Then
        Map<String, Boolean> alive = new HashMap<>();
        pids.properties()
                .forEach(entry ->
                        alive.put(entry.getKey(), alive(entry.getValue().asLong())));
        assertThat(alive.keySet()).containsExactlyInAnyOrderElementsOf(stack.processes());
        assertThat(alive.values()).containsOnly(true);
    }

    @Test
    void everyLogIsWritten() {
        // When
        Map<String, Long> sizes = new TreeMap<>();
        stack.processes()
                .forEach(name -> sizes.put(name, stack.log(name).toFile().length()));

        // Then
        assertThat(sizes).allSatisfy((name, size) -> assertThat(size).isPositive());
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void everyServiceTellsItsMetricsOnItsManagementPort(Service service) throws InterruptedException {
        // When
        double threads = new Management().metric(stack.endpoints().management(service), "jvm_threads_live_threads");

        // Then
        assertThat(threads).isPositive();
    }

    @Test
    void theTrainerTellsOnItsManagementPortWhatItsLineageForgot() throws IOException {
        // When
        JsonNode ledger;
        try (InputStream answer = stack.endpoints()
                .management(Service.TRAINER)
                .resolve("/ledger")
                .toURL()
                .openStream()) {
            ledger = new ObjectMapper().readTree(answer);
        }

        // Then
        assertThat(ledger.path("version").asText()).startsWith("v");
        assertThat(ledger.path("groups").isArray()).isTrue();
        assertThat(ledger.path("others").isObject()).isTrue();
    }

    @Test
    void aPromotedVersionThatIsSlowerUnderTrafficIsRolledBackAndHeld() throws InterruptedException {
        // Given a version that has served, and a whole one of 120 layers instead of one
        await("every record to be learned and served").atMost(LIMIT).until(this::learnedAndServed);
        String quick = versions.stable();
        String slow = published(versions, "slow-1", RandomModel.folder(120));
        Channel stable = new Channel(versions.store(), "stable");
        List<Optional<String>> answers = new ArrayList<>();
        search(answers);

        // When
        stable.promote(slow);
        for (int i = 0; i < 60 && stable.pointer().orElseThrow().hold().isEmpty(); i++) {
            search(answers);
        }

        // Then
        Pointer rolledBack = stable.pointer().orElseThrow();
        assertThat(rolledBack.version()).isEqualTo(quick);
        assertThat(rolledBack.hold()).hasValueSatisfying(why -> assertThat(why)
                .startsWith(slow + " takes")
                .endsWith("times as long a token, measured against " + quick));
        assertThat(Set.copyOf(answers)).containsExactlyInAnyOrder(Optional.of(quick), Optional.of(slow));
        await("the version before to serve").atMost(LIMIT).until(() -> shared.served()
                .equals(Optional.of(quick)));
        stable.release();
    }

    private boolean learnedAndServed() throws InterruptedException {
        return shared.allLearned() && shared.served().equals(Optional.of(versions.stable()));
    }

    private static String published(Versions versions, String name, Path model) {
        Manifest head = versions.store().manifest(versions.head()).orElseThrow();
        return versions.store()
                .publish(
                        new Draft(
                                name,
                                Optional.of(head.version()),
                                head.space(),
                                head.topic(),
                                head.offsets(),
                                Records.NONE,
                                new TreeMap<>(),
                                Optional.empty(),
                                new TreeMap<>()),
                        model)
                .version();
    }

    /** Asks as often as the watch needs to compare. */
    private void search(List<Optional<String>> answers) throws InterruptedException {
        for (int i = 0; i < 250; i++) {
            answers.add(shared.served());
        }
    }

    @Test
    void floodsOfBadRecordsAreSetAsideAndTheGoodOnesGoThrough() throws InterruptedException {
        await("every record to be learned").atMost(LIMIT).until(shared::allLearned);
        try (Flood flood = new Flood(shared.kafka(), SEED);
                DeadLetterTopic letters = new DeadLetterTopic(shared.kafka())) {
            // Given
            if (FLOOD > SharedStack.SMALL_FLOOD) {
                goodOnesThrough("quiet", 0, flood);
            }
            Records before = versions.records();
            long ignored = ignoredAnnouncements();

            // When
            goodOnesThrough("flooded", FLOOD, flood);

            // Then
            await("the dead letters").atMost(LIMIT).until(() -> letters.read() >= 4L * FLOOD);
            assertThat(letters.faults()).isEqualTo(flood.expected()).hasSize(4 * FLOOD);
            assertThat(letters.read()).as("letters, each once").isEqualTo(4L * FLOOD);
            Records after = versions.records();
            assertThat(after.setAside() - before.setAside()).isEqualTo(flood.expectedOn(TOPICS.pairs()));
            assertThat(after.duplicates()).isEqualTo(before.duplicates());
            await("the encoder to count what it ignored")
                    .atMost(LIMIT)
                    .until(() -> ignoredAnnouncements() - ignored == FLOOD);
        }
    }

    /** Sends and waits until the lineage has every record, and every click has become a pair of it. */
    private void goodOnesThrough(String name, int bad, Flood flood) {
        int count = Math.max(64, FLOOD / 20);
        long begin = System.nanoTime();
        flood.send(
                bad,
                TestEvents.pairs(name, count),
                TestEvents.impressions(name, count / 2),
                TestEvents.clicks(name, count / 2));
        await("the good ones in the lineage")
                .atMost(LIMIT)
                .until(() -> clickPairs(name) == count / 2 && shared.allLearned());
        double seconds = (System.nanoTime() - begin) / 1e9;
        Screen.stdout()
                .line(
                        "%s: %d bad records on each topic, %d good pairs and %d good clicks in the lineage after %.1f s: %.0f a second"
                                .formatted(name, bad, count, count / 2, seconds, (count + count / 2) / seconds));
    }

    private long clickPairs(String name) {
        return shared.places().stream()
                .flatMap(place -> place.id().stream())
                .filter(id -> id.startsWith("click:" + name))
                .count();
    }

    private long ignoredAnnouncements() throws InterruptedException {
        return (long) new Management()
                .metric(stack.endpoints().management(Service.ENCODER), "millrace_encoder_ignored_announcements_total");
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
