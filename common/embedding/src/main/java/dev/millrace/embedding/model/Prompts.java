package dev.millrace.embedding.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a model wants to read before a text, by sentence-transformers' names ({@code config_sentence_transformers.json}): a prompt is
 * put before the text as it stands, and both are tokenized together. Immutable.
 */
public final class Prompts {
    /** Of a model that wants none: every text stays as it is. */
    public static final Prompts NONE = new Prompts(Map.of(), "");

    private final Map<String, String> byName;
    private final String byDefault;
    private final boolean tellsApart;

    /**
     * Takes them as a file says them.
     *
     * @param byName may be empty texts
     * @param defaultName names that of texts of which nothing is said; "" or one that is not there: they have none
     */
    public Prompts(Map<String, String> byName, String defaultName) {
        this(Map.copyOf(byName), byName.getOrDefault(defaultName, ""), true);
    }

    private Prompts(Map<String, String> byName, String byDefault, boolean tellsApart) {
        this.byName = byName;
        this.byDefault = byDefault;
        this.tellsApart = tellsApart;
    }

    /** What stands before a text of this type: the prompt that is for it; the default one where nothing is said; or nothing. */
    public String before(InputType type) {
        if (type == InputType.UNSAID || !tellsApart) {
            return byDefault;
        }
        return type.promptNames().stream()
                .map(name -> byName.getOrDefault(name, ""))
                .filter(prompt -> !prompt.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The texts behind what stands before texts of this type. */
    public List<String> before(InputType type, List<String> texts) {
        return put(before(type), texts);
    }

    /** The texts behind this prompt. */
    public static List<String> put(String prompt, List<String> texts) {
        return prompt.isEmpty() ? texts : texts.stream().map(prompt::concat).toList();
    }

    /** The prompt of this name; empty where the model has none that is called so. */
    public Optional<String> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** How those are called that the model has. */
    public Set<String> names() {
        return new TreeSet<>(byName.keySet());
    }

    /** Whether no text has anything before it. */
    public boolean areNone() {
        return byName.values().stream().allMatch(String::isEmpty);
    }

    /** The same by which queries and documents are texts like all others: before each stands the default one. */
    public Prompts alike() {
        return new Prompts(byName, byDefault, false);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Prompts that
                && byName.equals(that.byName)
                && byDefault.equals(that.byDefault)
                && tellsApart == that.tellsApart;
    }

    @Override
    public int hashCode() {
        return byName.hashCode();
    }

    @Override
    public String toString() {
        return "Prompts" + byName;
    }
}
