package dev.millrace.trainer.round;

import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.checkpoints.version.VersionName;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.MergedRound;
import dev.millrace.trainer.learning.round.Base;
import dev.millrace.trainer.learning.round.Contribution;
import dev.millrace.trainer.learning.round.Selection;
import dev.millrace.trainer.learning.round.Share;
import dev.millrace.trainer.learning.round.delta.Carried;
import dev.millrace.trainer.learning.round.delta.Delta;
import dev.millrace.trainer.lineage.LineageStore.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What one trainer does in rounds with others: brings its share, chooses which fit together, and merges them. */
public final class Rounds {
    private final ShareStore store;
    private final RoundRules rules;
    private final String trainer;
    private Carried carried;
    private Optional<Told> told = Optional.empty();

    /** A share on its way: what is carried once it is merged. */
    private record Told(Share share, Carried next) {}

    /** Of the trainer of this name, another for each. */
    public Rounds(ShareStore store, RoundRules rules, String trainer) {
        this.store = store;
        this.rules = rules;
        this.trainer = trainer;
        carried = Carried.nothing(rules.codec());
    }

    /** How these trainers work together. */
    public RoundRules rules() {
        return rules;
    }

    /**
     * What can be merged after a version.
     *
     * @param selection of the shares that came
     * @param shares where they lie
     */
    public record Choice(Selection selection, Map<Share, Brought> shares) {
        /** Whether it is among those that came. */
        public boolean has(Brought brought) {
            return brought.equals(shares.get(brought.share()));
        }

        /** Its place among those that are merged; after all of them where it is none. */
        public int place(Brought brought) {
            int place = selection.merged().indexOf(brought.share());
            return place < 0 ? selection.merged().size() : place;
        }

        /** Whether it is merged. */
        public boolean takes(Brought brought) {
            return has(brought) && selection.merged().contains(brought.share());
        }

        /** Partitions that those which are merged speak for. */
        public Set<String> partitions() {
            return selection.merged().stream()
                    .flatMap(share -> shares.get(share).content().partitions().stream())
                    .collect(Collectors.toSet());
        }

        /** Names of those that are of no more use once it is merged. */
        public List<String> done() {
            List<Share> done = new ArrayList<>(selection.merged());
            selection.refused().forEach(refused -> done.add(refused.share()));
            return done.stream().map(share -> shares.get(share).name()).toList();
        }
    }

    /**
     * Puts what this trainer came to where the others find it; what it had brought before and nobody merged goes.
     *
     * @param next what the codec has left out then
     */
    public Brought bring(Contribution contribution, Carried next, Brought.Source source) {
        store.drop(store.all().stream()
                .filter(brought -> brought.share().trainer().equals(trainer))
                .map(Brought::name)
                .toList());
        Brought own = store.bring(contribution, source);
        told = Optional.of(new Told(contribution.share(), next));
        return own;
    }

    /** What this trainer's codec has left out until now. */
    public Carried carried() {
        return carried;
    }

    /** By which the others know this trainer. */
    public String trainer() {
        return trainer;
    }

    /** This trainer's last share is in the lineage. */
    public void merged(Share share) {
        told.filter(last -> last.share().equals(share)).ifPresent(last -> carried = last.next());
        told = Optional.empty();
    }

    /**
     * Chooses what a version takes in that follows the position. What belongs to another topic of this name, or to
     * versions that were taken back, is none of it.
     */
    public Choice choose(Position position, TopicIdentity topic) {
        Map<Share, Brought> shares = new LinkedHashMap<>();
        String head = position.manifest().version();
        store.all().stream()
                .filter(brought -> brought.content().topic().isSameTopicAs(topic))
                .filter(brought ->
                        VersionName.OLDEST_FIRST.compare(brought.share().base(), head) <= 0)
                .forEach(brought -> shares.putIfAbsent(brought.share(), brought));
        return new Choice(Selection.of(from(position.manifest().offsets(), shares.keySet()), shares.keySet()), shares);
    }

    /** A partition that the lineage has read nothing of begins where the first who read of it found its beginning. */
    private static SortedMap<String, Long> from(SortedMap<String, Long> offsets, Collection<Share> shares) {
        SortedMap<String, Long> from = new TreeMap<>(offsets);
        SortedMap<String, Long> first = new TreeMap<>();
        shares.stream()
                .flatMap(share -> share.ranges().stream())
                .filter(range -> !offsets.containsKey(range.partition()))
                .forEach(range -> first.merge(range.partition(), range.from(), Math::min));
        from.putAll(first);
        return from;
    }

    /**
     * Merges what was chosen.
     *
     * @param own what this trainer's learner has learned of it, with its contribution; empty where the learner is as the
     *     base is
     * @throws AlteredShareException when a share cannot be read; it is taken away
     */
    public MergedRound merge(Base base, Choice choice, Optional<Own> own) {
        try {
            return merged(base, choice, own);
        } finally {
            store.forgetFetched();
        }
    }

    private MergedRound merged(Base base, Choice choice, Optional<Own> own) {
        List<Contribution> contributions = new ArrayList<>();
        List<List<Pair>> windows = new ArrayList<>();
        for (Share share : choice.selection().merged()) {
            Optional<Own> mine =
                    own.filter(learned -> learned.contribution().share().equals(share));
            Brought brought = choice.shares().get(share);
            try {
                contributions.add(
                        mine.map(Own::contribution).orElseGet(() -> new Contribution(share, delta(brought, base))));
                windows.add(mine.map(learned -> learned.taught().window()).orElseGet(() -> store.window(brought)));
            } catch (AlteredShareException e) {
                store.drop(List.of(brought.name()));
                throw e;
            }
        }
        return new MergedRound(base, rules.merge().of(base, contributions), own.map(Own::taught), windows);
    }

    private Delta delta(Brought brought, Base base) {
        Delta delta = store.delta(brought);
        if (!delta.names().equals(base.weights().tensors().keySet())) {
            throw new AlteredShareException(brought.name(), "it is of other weights than " + base.version());
        }
        return delta;
    }

    /** Takes away what earlier rounds have left: shares that begin before the offsets of the head. */
    public void sweep(Position head) {
        SortedMap<String, Long> offsets = head.manifest().offsets();
        store.drop(store.all().stream()
                .filter(brought -> brought.share().ranges().stream()
                        .anyMatch(range -> range.from() < offsets.getOrDefault(range.partition(), 0L)))
                .map(Brought::name)
                .toList());
    }

    /** Takes away shares that are in the lineage, or never will be. */
    public void drop(List<String> shares) {
        store.drop(shares);
    }

    /** What this trainer has learned in a round. */
    public record Own(Contribution contribution, Learner.Taught taught) {}
}
