package dev.millrace.checkpoints.ancestry;

import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.TopicIdentity;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes summaries: the one that is due, and before it those of its ancestors that are missing. Holds one stretch of manifests. */
record Summarizer(Summaries summaries, Function<String, Optional<Manifest>> manifests) {

    /** UnfitLineageException where an audit would find something wrong; older summaries are made all the same. */
    void run(final String version) {
        if (summaries.look(version) instanceof SummaryLook.Usable) {
            return;
        }
        final Deque<String> due = new ArrayDeque<>(List.of(version));
        Stretch stretch = Stretch.to(version, manifests);
        Optional<Summary> before = before(stretch);
        while (before.isEmpty() && stretch.parent().isPresent()) {
            due.push(stretch.parent().get().version());
            stretch = Stretch.to(due.element(), manifests);
            before = before(stretch);
        }
        Summary made = make(due.pop(), stretch, before);
        while (!due.isEmpty()) {
            final String next = due.pop();
            made = make(next, Stretch.to(next, manifests), Optional.of(made));
        }
    }

    private Optional<Summary> before(final Stretch stretch) {
        return stretch.parent()
                .map(parent -> summaries.look(parent.version()))
                .flatMap(look ->
                        look instanceof SummaryLook.Usable usable ? Optional.of(usable.summary()) : Optional.empty());
    }

    private Summary make(final String version, final Stretch stretch, final Optional<Summary> before) {
        Totals totals = before.map(Summary::totals).orElse(Totals.NONE);
        Optional<Manifest> parent = stretch.parent();
        for (final Manifest manifest : stretch.oldestFirst()) {
            final Optional<TopicIdentity> topic = totals.topic();
            parent.ifPresent(known -> requireFit(new Succession(known, topic, manifest)));
            totals = totals.plus(Totals.of(manifest));
            parent = Optional.of(manifest);
        }
        final int number = before.map(Summary::number).orElse(0) + 1;
        final Summary summary = new Summary(
                version,
                summaries
                        .manifestSha256(version)
                        .orElseThrow(() -> new UnfitLineageException(version, "has no manifest")),
                number,
                totals,
                before.map(SummaryLink::to),
                far(number, before));
        summaries.write(summary);
        return summary;
    }

    private static void requireFit(final Succession succession) {
        succession.faults().forEach(fault -> {
            throw new UnfitLineageException(succession.child().version(), fault);
        });
    }

    /** The far one is far of the one before, or of its far one, and so on. */
    private Optional<SummaryLink> far(final int number, final Optional<Summary> before) {
        Optional<SummaryLink> link = before.map(SummaryLink::to);
        while (link.filter(step -> step.number() > Summary.far(number)).isPresent()) {
            link = summaries.follow(link.get()).far();
        }
        return link;
    }
}
