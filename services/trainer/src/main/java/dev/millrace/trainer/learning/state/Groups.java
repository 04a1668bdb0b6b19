package dev.millrace.trainer.learning.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.evaluate.Change;
import dev.millrace.trainer.learning.evaluate.Deficit;
import dev.millrace.trainer.learning.evaluate.GroupStanding;
import dev.millrace.trainer.learning.evaluate.Restlessness;
import dev.millrace.trainer.learning.ledger.Account;
import dev.millrace.trainer.learning.ledger.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is remembered of groups of held-out pairs: of a bounded number, since a producer may name as many as it likes. */
public final class Groups {
    /** So many are looked at by themselves. */
    public static final int MOST = 256;

    /** Before a group's name, what its loss is called in a version's decision. */
    public static final String NAMED = "forgetting.";

    static final String FILE = "groups.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SortedMap<String, GroupStanding> standings = new TreeMap<>();
    private final SortedMap<String, Account> accounts = new TreeMap<>();
    private Account others = Account.NONE;

    /** How the gate sees each. */
    public Map<String, GroupStanding> standings() {
        return standings;
    }

    /** In the place of what was remembered. */
    public void standings(SortedMap<String, GroupStanding> next) {
        standings.clear();
        standings.putAll(next);
    }

    /** What they lost is not held against later versions. */
    void forgive() {
        standings.replaceAll((group, standing) -> standing.with(Deficit.NONE));
    }

    /**
     * Those that are looked at by themselves: known ones first, so that none is forgotten for another, then those with
     * the most pairs.
     */
    public SortedMap<String, List<Pair>> named(SortedMap<String, List<Pair>> held) {
        SortedMap<String, List<Pair>> named = new TreeMap<>();
        held.entrySet().stream()
                .sorted(Comparator.comparing(
                                (Map.Entry<String, List<Pair>> group) -> !accounts.containsKey(group.getKey()))
                        .thenComparing(group -> -group.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST)
                .forEach(group -> named.put(group.getKey(), group.getValue()));
        return named;
    }

    /**
     * Adds what a version changed to the accounts; a group without pairs has none any more.
     *
     * @param changes on each of {@link #named}
     * @param all on all held-out pairs
     */
    public void changed(SortedMap<String, Change> changes, Change all) {
        accounts.keySet().retainAll(changes.keySet());
        Change rest = all;
        for (Map.Entry<String, Change> group : changes.entrySet()) {
            accounts.merge(
                    group.getKey(),
                    Account.NONE.with(group.getValue()),
                    (account, first) -> account.with(group.getValue()));
            rest = rest.without(group.getValue());
        }
        others = others.with(rest);
    }

    /** These pairs were learned in that window, counted from the lineage's beginning. */
    public void learned(List<Pair> pairs, long window) {
        for (Pair pair : pairs) {
            String group = pair.group().orElse("");
            if (accounts.containsKey(group)) {
                accounts.put(group, accounts.get(group).learnedIn(window));
            } else {
                others = others.learnedIn(window);
            }
        }
    }

    /** What the lineage keeps of what it learned in so many windows. */
    public Ledger ledger(long windows) {
        return new Ledger(accounts, others, windows);
    }

    /**
     * Reads them from a training state.
     *
     * @param deficits by slice: where older versions of Millrace kept what groups lost
     */
    static Groups read(Path folder, Map<String, Deficit> deficits) {
        Groups groups = new Groups();
        if (Files.exists(folder.resolve(FILE))) {
            groups.read(folder.resolve(FILE));
        } else {
            deficits.forEach((slice, deficit) -> {
                if (slice.startsWith(NAMED)) {
                    groups.standings.put(slice.substring(NAMED.length()), GroupStanding.NEW.with(deficit));
                }
            });
        }
        return groups;
    }

    private void read(Path file) {
        try {
            JsonNode json = JSON.readTree(file.toFile());
            json.path("standings")
                    .properties()
                    .forEach(group -> standings.put(group.getKey(), standing(group.getValue())));
            json.path("accounts")
                    .properties()
                    .forEach(group -> accounts.put(group.getKey(), JSON.convertValue(group.getValue(), Account.class)));
            others = json.has("others") ? JSON.convertValue(json.path("others"), Account.class) : Account.NONE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GroupStanding standing(JsonNode json) {
        JsonNode until = json.path("refusedUntil");
        return new GroupStanding(
                JSON.convertValue(json.path("deficit"), Deficit.class),
                JSON.convertValue(json.path("restlessness"), Restlessness.class),
                until.isNumber() ? OptionalDouble.of(until.asDouble()) : OptionalDouble.empty());
    }

    void write(Path folder) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        ObjectNode gate = json.putObject("standings");
        standings.forEach((group, standing) -> {
            ObjectNode entry = gate.putObject(group)
                    .putPOJO("deficit", standing.deficit())
                    .putPOJO("restlessness", standing.restlessness());
            standing.refusedUntil().ifPresent(until -> entry.put("refusedUntil", until));
        });
        ObjectNode kept = json.putObject("accounts");
        accounts.forEach(kept::putPOJO);
        json.putPOJO("others", others);
        JSON.writeValue(folder.resolve(FILE).toFile(), json);
    }
}
