package dev.millrace.admin.audit;

import dev.millrace.admin.audit.chain.Findings;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.pointer.AlteredPointerException;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.transfer.UnknownVersionException;
import dev.millrace.checkpoints.version.AlteredVersionException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Head and channels: where they stand, and whether what they point to is whole. */
final class PointerCheck {
    private static final String HEAD = "head";

    private final CheckpointStore store;
    private final Findings findings;
    private final Set<String> pointedTo = new HashSet<>();

    PointerCheck(CheckpointStore store, Findings findings) {
        this.store = store;
        this.findings = findings;
    }

    /** The lineage's tip; a bucket with versions but without a head has lost it. */
    Optional<String> head() {
        Optional<Pointer> head = read(HEAD, store::head);
        if (head.isEmpty() && findings.wrong().isEmpty() && !store.versions().isEmpty()) {
            findings.wrong(HEAD, "there is none, though the bucket holds versions");
        }
        head.ifPresent(pointer -> check(HEAD, pointer, store::head));
        return head.map(Pointer::version);
    }

    void channels() {
        for (String name : store.channels()) {
            String subject = "channel " + name;
            read(subject, () -> store.channel(name)).ifPresent(pointer -> {
                pointer.hold()
                        .ifPresent(reason -> findings.note(subject, "is held at " + pointer.version() + ": " + reason));
                check(subject, pointer, () -> store.channel(name));
            });
        }
    }

    /** Versions that head or a channel points to. */
    Set<String> pointedTo() {
        return pointedTo;
    }

    private Optional<Pointer> read(String subject, Supplier<Optional<Pointer>> pointer) {
        try {
            return pointer.get();
        } catch (AlteredPointerException e) {
            findings.wrong(subject, e.getMessage());
            return Optional.empty();
        }
    }

    private void check(String subject, Pointer pointer, Supplier<Optional<Pointer>> now) {
        Optional<String> complaint = complaint(pointer.version());
        // One that moved on meanwhile may have left a version to retention.
        boolean moved = complaint.isPresent() && !now.get().map(Pointer::etag).equals(Optional.of(pointer.etag()));
        if (!moved) {
            pointedTo.add(pointer.version());
            complaint.ifPresent(text -> findings.wrong(subject, "points to " + pointer.version() + ", " + text));
        }
    }

    private Optional<String> complaint(String version) {
        try {
            List<String> missing = store.missingFiles(version);
            return Optional.of("which lacks " + String.join(", ", missing)).filter(text -> !missing.isEmpty());
        } catch (UnknownVersionException e) {
            return Optional.of("which has no manifest");
        } catch (AlteredVersionException e) {
            return Optional.of("whose " + e.file() + " is altered: " + e.reason());
        }
    }
}
