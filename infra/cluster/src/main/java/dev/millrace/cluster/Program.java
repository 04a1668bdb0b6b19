package dev.millrace.cluster;

import java.util.Locale;

/** What a control plane is made of, and what scales on it: each is a program, built in the version that its key names. */
public enum Program {
    ETCD("etcd"),
    KUBE_APISERVER("kubernetes"),
    KUBE_CONTROLLER_MANAGER("kubernetes"),
    KUBE_SCHEDULER("kubernetes"),
    KWOK("kwok"),
    KEDA("keda"),
    KEDA_ADAPTER("keda");

    private final String versionKey;

    Program(String versionKey) {
        this.versionKey = versionKey;
    }

    /** What it is called among processes and logs. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its line of {@code programs.versions}. */
    String versionKey() {
        return versionKey;
    }
}
