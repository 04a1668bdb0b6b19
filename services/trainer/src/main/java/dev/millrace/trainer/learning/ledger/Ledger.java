package dev.millrace.trainer.learning.ledger;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What a version keeps of what its lineage learned, group by group.
 *
 * @param groups accounts by name, of those that are looked at by themselves
 * @param others the account of all other pairs: of further groups, or of none
 * @param windows how many the lineage has learned
 */
public record Ledger(SortedMap<String, Account> groups, Account others, long windows) {
    /** Its file in the folder of a version. */
    public static final String FILE = "ledger.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the map. */
    public Ledger {
        groups = new TreeMap<>(groups);
    }

    /** Mean of what was forgotten, over pairs; empty where none is held out. */
    public OptionalDouble forgetting() {
        return mean(account -> true, Account::lost);
    }

    /**
     * Mean of what was won since, over pairs of groups that were learned once and not in the newest window; empty where
     * there are none.
     */
    public OptionalDouble backwardTransfer() {
        return mean(account -> account.learned() > 0 && account.learned() < windows, Account::since);
    }

    /** Of the group that has lost most, what it lost; empty where no group is known. */
    public OptionalDouble mostForgotten() {
        return groups.values().stream().mapToDouble(Account::lost).max();
    }

    private OptionalDouble mean(Predicate<Account> counted, ToDoubleFunction<Account> figure) {
        Collection<Account> accounts = Stream.concat(groups.values().stream(), Stream.of(others))
                .filter(account -> account.pairs() > 0)
                .filter(counted)
                .toList();
        double pairs = accounts.stream().mapToInt(Account::pairs).sum();
        return accounts.stream()
                .mapToDouble(account -> account.pairs() / pairs * figure.applyAsDouble(account))
                .reduce(Double::sum);
    }

    /** Figures of a version's manifest, by name; absent are those that nothing says. */
    public SortedMap<String, Double> figures() {
        SortedMap<String, Double> figures = new TreeMap<>();
        forgetting().ifPresent(value -> figures.put("forgetting", value));
        backwardTransfer().ifPresent(value -> figures.put("backward-transfer", value));
        return figures;
    }

    /** As whoever operates it reads it: what was forgotten most comes first. */
    public ObjectNode json() {
        ObjectNode json = JSON.createObjectNode().put("windows", windows);
        forgetting().ifPresent(value -> json.put("forgetting", value));
        backwardTransfer().ifPresent(value -> json.put("backwardTransfer", value));
        ArrayNode entries = json.putArray("groups");
        groups.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Account> group) ->
                                -group.getValue().lost())
                        .thenComparing(Map.Entry::getKey))
                .forEach(group -> put(group.getValue(), entries.addObject().put("group", group.getKey())));
        put(others, json.putObject("others"));
        return json;
    }

    private static void put(Account account, ObjectNode json) {
        json.put("pairs", account.pairs())
                .put("whenLearned", account.whenLearned())
                .put("best", account.best())
                .put("now", account.now())
                .put("forgetting", account.lost())
                .put("backwardTransfer", account.since())
                .put("learnedIn", account.learned());
    }

    /** Into the folder of a version, for those who ask what it forgot. */
    public void write(Path version) {
        try {
            JSON.writeValue(version.resolve(FILE).toFile(), json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
