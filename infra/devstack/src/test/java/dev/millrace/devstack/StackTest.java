package dev.millrace.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.client.Outcome;
import dev.millrace.devstack.clients.EncoderProbe;
import dev.millrace.devstack.clients.Management;
import dev.millrace.devstack.clients.PairsTopic;
import dev.millrace.devstack.clients.PatientProducer;
import dev.millrace.devstack.clients.Versions;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.options.StackOptions;
import dev.millrace.devstack.process.Await;
import dev.millrace.devstack.process.Screen;
import dev.millrace.events.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What goes through a stack of real processes: a pair at the front door, floods of bad records at the back, a version that is slow. */
class StackTest {
    private static final int SMALL = 200;
    private static final int FLOOD = Integer.getInteger("millrace.fuzz", SMALL);
    private static final long SEED = Long.getLong("millrace.fuzz.seed", 7);
    private static final Topics TOPICS = new Topics("");
    private static final Await AWAIT = new Await(Screen.stdout(), Duration.ofMinutes(20));
    private static final StackOptions OPTIONS = TestStack.options("walk")
            .withSetting(Service.TRAINER, "millrace.trainer.window-pairs", "256")
            .withSetting(Service.TRAINER, "millrace.trainer.window-time", FLOOD > SMALL ? "PT10S" : "PT2S")
            .withSetting(Service.ATTRIBUTION, "millrace.attribution.window", "PT2S");
    private static final Path FILE = OPTIONS.folder().resolve("endpoints.json");

    @AutoClose
    private static DevStack stack;

    @BeforeAll
    static void start() {
        stack = DevStack.start(OPTIONS, Screen.stdout());
    }

    @Test
    void aPostedPairEndsInTheTopic() throws IOException, InterruptedException {
        // Given
        String id = "walk-1";

        // When
        List<Outcome> outcomes =
                new PatientProducer(stack.endpoints().ingestion(), AWAIT).pairs(List.of(TestEvents.pair(id)));

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

    @Test
    void aPromotedVersionThatIsSlowerUnderTrafficIsRolledBackAndHeld() throws InterruptedException {
        try (Versions versions = new Versions(stack.endpoints().s3())) {
            // Given a version that has served, and a whole one of 120 layers instead of one
            EncoderProbe probe = new EncoderProbe(stack.endpoints().encoder());
            AWAIT.until(
                    () -> "every record to be learned and served",
                    () -> versions.records().total()
                                    == PairsTopic.places(stack.endpoints().kafka())
                                            .size()
                            && probe.servedVersion().equals(Optional.of(versions.stable())));
            String quick = versions.stable();
            String slow = published(versions, "slow-1", SmallModel.folder(120));
            Channel stable = new Channel(versions.store(), "stable");
            List<Optional<String>> answers = new ArrayList<>();
            search(probe, answers);

            // When
            stable.promote(slow);
            for (int i = 0; i < 60 && stable.pointer().orElseThrow().hold().isEmpty(); i++) {
                search(probe, answers);
            }

            // Then
            Pointer rolledBack = stable.pointer().orElseThrow();
            assertThat(rolledBack.version()).isEqualTo(quick);
            assertThat(rolledBack.hold()).hasValueSatisfying(why -> assertThat(why)
                    .startsWith(slow + " takes")
                    .endsWith("times as long a token, measured against " + quick));
            assertThat(Set.copyOf(answers)).containsExactlyInAnyOrder(Optional.of(quick), Optional.of(slow));
            AWAIT.until(() -> "the version before to serve", () -> probe.servedVersion()
                    .equals(Optional.of(quick)));
            stable.release();
        }
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
    private static void search(EncoderProbe probe, List<Optional<String>> answers) throws InterruptedException {
        for (int i = 0; i < 250; i++) {
            answers.add(probe.servedVersion());
        }
    }

    @Test
    void floodsOfBadRecordsAreSetAsideAndTheGoodOnesGoThrough() {
        try (Flood flood = new Flood(stack.endpoints().kafka(), SEED);
                DeadLetterTopic letters = new DeadLetterTopic(stack.endpoints().kafka());
                Versions versions = new Versions(stack.endpoints().s3())) {
            // Given
            if (FLOOD > SMALL) {
                goodOnesThrough("quiet", 0, flood, versions);
            }

            // When
            goodOnesThrough("flooded", FLOOD, flood, versions);

            // Then
            AWAIT.until(
                    () -> letters.faults().size() + " of " + 4 * FLOOD + " dead letters",
                    () -> letters.read() >= 4L * FLOOD);
            assertThat(letters.faults()).isEqualTo(flood.expected()).hasSize(4 * FLOOD);
            assertThat(letters.read()).as("letters, each once").isEqualTo(4L * FLOOD);
            assertThat(versions.records().setAside()).isEqualTo(flood.expectedOn(TOPICS.pairs()));
            assertThat(versions.records().duplicates()).isZero();
            AWAIT.until(() -> "the encoder to count what it ignored", () -> ignoredAnnouncements() == FLOOD);
        }
    }

    /** Sends and waits until the lineage has every record, and every click has become a pair of it. */
    private static void goodOnesThrough(String name, int bad, Flood flood, Versions versions) {
        int count = Math.max(64, FLOOD / 20);
        long before = versions.records().total();
        long badBefore = flood.expectedOn(TOPICS.pairs());
        long begin = System.nanoTime();
        flood.send(
                bad,
                TestEvents.pairs(name, count),
                TestEvents.impressions(name, count / 2),
                TestEvents.clicks(name, count / 2));
        long more = flood.expectedOn(TOPICS.pairs()) - badBefore + count + count / 2;
        AWAIT.until(
                () -> versions.records() + ", " + (before + more) + " are to come",
                () -> versions.records().total() >= before + more);
        AWAIT.until(() -> "the rest of the lineage", () -> {
            List<PairsTopic.Place> places = PairsTopic.places(stack.endpoints().kafka());
            return places.stream()
                                    .flatMap(place -> place.id().stream())
                                    .filter(id -> id.startsWith("click:" + name))
                                    .count()
                            == count / 2
                    && versions.records().total() == places.size();
        });
        double seconds = (System.nanoTime() - begin) / 1e9;
        Screen.stdout()
                .line(
                        "%s: %d bad records on each topic, %d good pairs and %d good clicks in the lineage after %.1f s: %.0f a second"
                                .formatted(name, bad, count, count / 2, seconds, (count + count / 2) / seconds));
    }

    private static long ignoredAnnouncements() throws InterruptedException {
        return (long)
                new Management().metric(stack.endpoints().encoder(), "millrace_encoder_ignored_announcements_total");
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
