package dev.millrace.cluster;

import dev.millrace.devstack.options.Home;
import dev.millrace.devstack.process.Screen;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** One control plane for all tests, each in namespaces of its own; the JVM's end is its end. */
final class SharedPlane {
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private SharedPlane() {}

    private static final class Holder {
        private static final ControlPlane PLANE = start();

        private static ControlPlane start() {
            ControlPlane plane = ControlPlane.start(folder("plane"), Screen.stdout());
            plane.definePrometheus();
            Keda.define(plane);
            return plane;
        }
    }

    private static final class Scaled {
        private static final ControlPlane PLANE = start();

        private static ControlPlane start() {
            Keda.start(get());
            return get();
        }
    }

    static ControlPlane get() {
        return Holder.PLANE;
    }

    /** The same with KEDA at work, from then on in all namespaces. */
    static ControlPlane withKeda() {
        return Scaled.PLANE;
    }

    /** A new one, empty. */
    static String namespace() {
        String name = "mill-" + NAMESPACES.incrementAndGet();
        get().namespace(name);
        return name;
    }

    static Path folder(String name) {
        return Home.find().root().resolve("infra/cluster/target/clusters").resolve(name);
    }
}
