package dev.millrace.operator;

import dev.millrace.operator.apply.Cluster;
import dev.millrace.operator.apply.Inventory;
import dev.millrace.operator.apply.ObjectId;
import dev.millrace.operator.apply.Workload;
import dev.millrace.operator.chart.Ownership;
import dev.millrace.operator.condition.Report;
import dev.millrace.operator.condition.Report.Seen;
import dev.millrace.operator.condition.Trouble;
import dev.millrace.operator.condition.TroubleException;
import dev.millrace.operator.progress.Observation;
import dev.millrace.operator.progress.Progress;
import dev.millrace.operator.resource.BucketSpec;
import dev.millrace.operator.resource.Encoder;
import dev.millrace.operator.resource.EncoderSpec;
import dev.millrace.operator.resource.EncoderStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes what is there what was asked for. A pass looks first, then writes down what it is about to apply, and applies
 * it in the next.
 */
@ControllerConfiguration(name = "encoder", fieldManager = Ownership.MANAGER, finalizerName = "millrace.dev/data-kept")
public final class EncoderReconciler implements Reconciler<Encoder>, Cleaner<Encoder> {
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Planner planner;
    private final Cluster cluster;
    private final Progress progress;
    private final Report report;
    private final Duration interval;

    EncoderReconciler(Planner planner, Cluster cluster, Progress progress, Report report, Duration interval) {
        this.planner = planner;
        this.cluster = cluster;
        this.progress = progress;
        this.report = report;
        this.interval = interval;
    }

    /** A pod that comes or goes is seen at once; how far behind they are, every interval. */
    @Override
    public List<EventSource<?, Encoder>> prepareEventSources(EventSourceContext<Encoder> context) {
        return List.of(owned(StatefulSet.class, context), owned(Deployment.class, context));
    }

    private static <T extends HasMetadata> InformerEventSource<T, Encoder> owned(
            Class<T> type, EventSourceContext<Encoder> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(type, Encoder.class)
                        .withLabelSelector(Ownership.MANAGED_BY + "=" + Ownership.MANAGER)
                        .build(),
                context);
    }

    @Override
    public UpdateControl<Encoder> reconcile(Encoder stored, Context<Encoder> context) {
        final Encoder encoder = whole(stored);
        final List<Workload> workloads = cluster.workloads(encoder);
        final Observation observation = progress.of(encoder);
        final Inventory inventory = Inventory.of(encoder.getStatus().objects());
        try {
            final Plan plan = planner.plan(encoder, workloads, observation);
            final Optional<String> reason = Optional.of(plan.trainers().reason());
            if (!inventory.holds(plan.ids())) {
                cluster.refuseForeign(encoder, inventory.missing(plan.ids()));
                final List<String> noted = inventory.with(plan.ids());
                return status(encoder, new Seen(workloads, observation, reason, List.of(), noted), AT_ONCE);
            }
            final List<Trouble> troubles = apply(encoder, plan, inventory);
            final List<String> objects =
                    plan.ids().stream().map(ObjectId::toString).toList();
            final List<Workload> after = cluster.workloads(encoder);
            return status(encoder, new Seen(after, observation, reason, troubles, objects), interval);
        } catch (TroubleException e) {
            final List<String> objects = inventory.with(List.of());
            final List<Trouble> troubles = List.of(e.trouble());
            return status(encoder, new Seen(workloads, observation, Optional.empty(), troubles, objects), interval);
        }
    }

    /** One object that is refused keeps no other from being applied. */
    private List<Trouble> apply(Encoder encoder, Plan plan, Inventory inventory) {
        final List<Trouble> troubles = new ArrayList<>();
        plan.objects().forEach(object -> attempt(troubles, () -> cluster.apply(object)));
        inventory.besides(plan.ids()).forEach(id -> attempt(troubles, () -> cluster.remove(encoder, id)));
        return troubles;
    }

    private static void attempt(List<Trouble> troubles, Runnable change) {
        try {
            change.run();
        } catch (TroubleException e) {
            troubles.add(e.trouble());
        }
    }

    /** What is not the encoder's spec, such as an API server that does not answer: it is told, and tried again. */
    @Override
    public ErrorStatusUpdateControl<Encoder> updateErrorStatus(
            Encoder stored, Context<Encoder> context, Exception failure) {
        final Encoder encoder = whole(stored);
        final Trouble trouble = new Trouble("Failed", failure + ": see the operator's log; it tries again");
        return ErrorStatusUpdateControl.patchStatus(answer(encoder, report.failed(encoder, trouble)));
    }

    /** Pods and what belongs to them go, and trainers finish what they have in hand; nothing that was learned does. */
    @Override
    public DeleteControl cleanup(Encoder stored, Context<Encoder> context) {
        final Encoder encoder = whole(stored);
        Inventory.of(encoder.getStatus().objects()).objects().forEach(id -> cluster.remove(encoder, id));
        planner.forget(encoder);
        final BucketSpec bucket = encoder.getSpec().bucket();
        cluster.tell(
                encoder,
                new Trouble(
                        "DataKept",
                        ("kept: every version in the bucket %s of %s, the topics %s* of %s, and all claims;"
                                        + " an encoder that names them again goes on from there")
                                .formatted(
                                        bucket.name().isEmpty() ? "millrace" : bucket.name(),
                                        bucket.endpoint(),
                                        encoder.getSpec().stream().topicPrefix(),
                                        encoder.getSpec().stream().bootstrapServers())));
        return DeleteControl.defaultDelete();
    }

    private UpdateControl<Encoder> status(Encoder encoder, Seen seen, Duration again) {
        return UpdateControl.patchStatus(answer(encoder, report.of(encoder, seen)))
                .rescheduleAfter(again);
    }

    /** Nothing but the status: a server-side apply owns what it sends. */
    private static Encoder answer(Encoder encoder, EncoderStatus status) {
        final Encoder answer = new Encoder();
        answer.setMetadata(new ObjectMetaBuilder()
                .withName(encoder.getMetadata().getName())
                .withNamespace(encoder.getMetadata().getNamespace())
                .build());
        answer.setStatus(status);
        return answer;
    }

    private static Encoder whole(Encoder stored) {
        final Encoder encoder = new Encoder();
        encoder.setMetadata(stored.getMetadata());
        encoder.setSpec(Optional.ofNullable(stored.getSpec()).orElseGet(EncoderSpec::blank));
        encoder.setStatus(Optional.ofNullable(stored.getStatus()).orElseGet(EncoderStatus::blank));
        return encoder;
    }
}
