package dev.millrace.embedding.adapter;

import java.util.Locale;

/** What is added to a weight that stays as it is. */
public enum AdapterMethod {
    /** A product of two narrow matrices (Hu et al. 2021). */
    LORA,
    /** The same, and each row scaled to a norm that is learned as well (Liu et al. 2024). */
    DORA;

    /** The name in configurations: lower case. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
