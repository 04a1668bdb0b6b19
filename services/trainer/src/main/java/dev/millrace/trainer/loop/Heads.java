package dev.millrace.trainer.loop;

import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.loop.TrainerLoop.Versions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Takes up the lineage where it ends, and begins one where there is none, or none that can be loaded. */
final class Heads {
    private static final Logger LOG = Logger.getLogger(Heads.class);

    private final Versions versions;
    private final VersionPublisher publisher;
    private final Function<Path, Learner> learners;

    Heads(Versions versions, VersionPublisher publisher, Function<Path, Learner> learners) {
        this.versions = versions;
        this.publisher = publisher;
        this.learners = learners;
    }

    Position takeUp() {
        Position head = versions.lineage().position().orElseGet(versions.beginning()::begin);
        publisher.follow(head.manifest());
        return head;
    }

    /** Empty when nothing can load the head and the lineage was begun anew. */
    Optional<Learner> load(Position head) {
        Path folder = versions.lineage().download(head);
        try {
            return Optional.of(learners.apply(folder));
        } catch (UnsupportedModelException e) {
            if (!versions.beginning().mayReplace(head)) {
                throw e;
            }
            LOG.warnf("%s cannot be loaded: %s", head.manifest().version(), e.getMessage());
            Position base = versions.beginning().replace(head);
            versions.promotion().replace(head.manifest().version(), base.manifest());
            return Optional.empty();
        }
    }
}
