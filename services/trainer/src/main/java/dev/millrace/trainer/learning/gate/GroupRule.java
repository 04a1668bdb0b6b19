package dev.millrace.trainer.learning.gate;

import dev.millrace.checkpoints.version.Bound;
import dev.millrace.trainer.learning.evaluate.Change;
import dev.millrace.trainer.learning.evaluate.GroupStanding;
import dev.millrace.trainer.learning.evaluate.Restlessness;
import dev.millrace.trainer.learning.settings.GateConfig;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether a group loses more hits than chance explains, few as its pairs may be. How often hits come and go by chance
 * is learned from all other pairs of the version and drawn to the group's own history; of versions that lose nothing no
 * more than the configured share is refused for any of them. Looked at are this version's loss, which chance explains
 * least, and what was lost since the group's best, so that a slow decline is seen, too.
 */
final class GroupRule {
    /** How restless groups are where nothing is known of them: texts of a group lie together, and move together. */
    private static final double BELIEVED = 1.5;

    private final double tolerance;
    private final double falseAlarms;

    GroupRule(GateConfig config) {
        tolerance = config.tolerance();
        falseAlarms = config.falseAlarms();
    }

    /**
     * What is said of a group.
     *
     * @param pairs by how many
     * @param bound what it lost since its best, and how much it may have
     * @param refused what is remembered if the version is not trusted
     * @param trusted what is remembered if it is: what chance does is learned from such versions
     */
    record Verdict(int pairs, Bound bound, GroupStanding refused, GroupStanding trusted) {}

    /**
     * Judges every group.
     *
     * @param changes what the version changed on each group
     * @param all what it changed on all held-out pairs
     * @param known what the lineage remembers of groups
     */
    SortedMap<String, Verdict> judge(SortedMap<String, Change> changes, Change all, Map<String, GroupStanding> known) {
        double usual = known.values().stream()
                .map(GroupStanding::restlessness)
                .reduce(Restlessness.UNKNOWN, Restlessness::plus)
                .factor(BELIEVED);
        SortedMap<String, GroupLook> looks = new TreeMap<>();
        changes.forEach((group, change) -> looks.put(
                group, GroupLook.at(change, known.getOrDefault(group, GroupStanding.NEW), all.without(change), usual)));
        double level = FalseDiscoveries.level(
                looks.values().stream()
                        .filter(GroupLook::open)
                        .mapToDouble(look -> look.chance(tolerance))
                        .toArray(),
                falseAlarms);
        SortedMap<String, Verdict> verdicts = new TreeMap<>();
        looks.forEach((group, look) -> verdicts.put(group, verdict(look, level)));
        return verdicts;
    }

    private Verdict verdict(GroupLook look, double level) {
        GroupStanding before = look.before();
        double atMost = before.refusedUntil().orElseGet(() -> look.atMost(tolerance, level));
        Bound bound = new Bound(look.deficit().lost(), atMost);
        OptionalDouble until = bound.kept() ? OptionalDouble.empty() : OptionalDouble.of(atMost);
        Restlessness restlessness = before.restlessness()
                .with(look.change(), look.single() * look.change().pairs());
        return new Verdict(
                look.change().pairs(),
                bound,
                new GroupStanding(look.deficit(), before.restlessness(), until),
                new GroupStanding(look.deficit(), restlessness, until));
    }
}
