package dev.millrace.chaos;

import dev.millrace.admin.audit.Audit;
import dev.millrace.admin.audit.AuditReport;
import dev.millrace.admin.audit.AuditScope;
import dev.millrace.admin.audit.AuditedTopic;
import dev.millrace.chaos.load.Promises;
import dev.millrace.chaos.plan.ChaosStack;
import dev.millrace.chaos.plan.FaultPlan;
import dev.millrace.chaos.plan.Settings;
import dev.millrace.chaos.run.FaultRun;
import dev.millrace.chaos.run.ReferenceRun;
import dev.millrace.chaos.verdict.LineageComparison;
import dev.millrace.chaos.verdict.Report;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.devstack.DevStack;
import dev.millrace.devstack.clients.PairsTopic;
import dev.millrace.devstack.clients.Versions;
import dev.millrace.devstack.process.Screen;
import dev.millrace.events.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The story: faults; then the question whether every promise was kept; then the same records without a fault. */
final class Chaos {
    /** What a trainer says when the head is no longer where it stands. */
    private static final String FENCED = "another trainer moved the head";

    private final Settings settings;
    private final DevStack stack;
    private final Screen screen;
    private final long begin = System.nanoTime();

    /** On a stack equipped by {@link ChaosStack}. */
    Chaos(Settings settings, DevStack stack, Screen screen) {
        this.settings = settings;
        this.stack = stack;
        this.screen = screen;
    }

    Report run() throws InterruptedException {
        FaultPlan plan = FaultPlan.draw(settings);
        try (Versions versions = new Versions(stack.endpoints().s3());
                Versions undisturbed = new Versions(stack.endpoints().s3(), ChaosStack.REFERENCE)) {
            FaultRun.Observed observed = new FaultRun(settings, stack, versions, screen).run(plan);
            for (String trainer : settings.trainerNames()) {
                stack.stop(trainer);
            }
            Optional<LineageComparison> comparison =
                    settings.targets().repeatable() ? Optional.of(compared(versions, undisturbed)) : Optional.empty();
            return new Report(
                    plan,
                    audit(versions),
                    comparison,
                    observed.answers(),
                    new Report.Run(
                            settings.seed(),
                            seconds(),
                            new Report.Trainers(fenced(), merged(versions)),
                            observed.promises().acceptedIds().size(),
                            broken(observed, versions)));
        }
    }

    private LineageComparison compared(Versions versions, Versions undisturbed) throws InterruptedException {
        screen.line("the same records once more, by a trainer that nobody disturbs");
        new ReferenceRun(settings, stack, screen)
                .follow(undisturbed, versions.records().total());
        return LineageComparison.of(versions.lineage(), undisturbed.lineage());
    }

    private AuditReport audit(Versions versions) {
        Map<String, String> broker =
                Map.of("bootstrap.servers", stack.endpoints().kafka());
        try (AuditedTopic topic =
                AuditedTopic.connect(broker, new Topics("").pairs().name())) {
            return new Audit(versions.store()).run(Optional.of(topic), AuditScope.EVERYTHING);
        }
    }

    private List<String> broken(FaultRun.Observed observed, Versions versions) {
        Set<String> ids = Set.copyOf(PairsTopic.ids(stack.endpoints().kafka()));
        Set<String> lineage =
                versions.lineage().manifests().stream().map(Manifest::version).collect(Collectors.toSet());
        Promises promises = observed.promises();
        Set<String> refused = new HashSet<>(promises.refusedIds());
        refused.retainAll(ids);
        List<String> broken = new ArrayList<>();
        say(broken, without(promises.acceptedIds(), ids), "pairs were acknowledged and are not on the topic");
        say(broken, without(promises.owedIds(), ids), "clicks were acknowledged in time and have no pair");
        say(broken, refused, "pairs were refused and are on the topic");
        say(broken, without(observed.served(), lineage), "versions answered that are not in the lineage");
        return broken;
    }

    private static Set<String> without(Collection<String> these, Set<String> those) {
        Set<String> left = new HashSet<>(these);
        left.removeAll(those);
        return left;
    }

    private static void say(List<String> broken, Set<String> which, String what) {
        which.stream()
                .sorted()
                .findFirst()
                .ifPresent(one -> broken.add(which.size() + " " + what + ", such as " + one));
    }

    private static long merged(Versions versions) {
        return versions.lineage().manifests().stream()
                .filter(version -> version.evaluation().getOrDefault("trainers", 0.0) > 1)
                .count();
    }

    private long fenced() {
        return settings.trainerNames().stream().mapToLong(this::fenced).sum();
    }

    private long fenced(String trainer) {
        try (Stream<String> lines = Files.lines(stack.log(trainer))) {
            return lines.filter(line -> line.contains(FENCED)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }
}
