package dev.millrace.devstack;

import dev.millrace.devstack.broker.Broker;
import dev.millrace.devstack.clients.Management;
import dev.millrace.devstack.options.Endpoints;
import dev.millrace.devstack.options.EndpointsFile;
import dev.millrace.devstack.options.Home;
import dev.millrace.devstack.options.Layout;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.options.StackOptions;
import dev.millrace.devstack.process.Await;
import dev.millrace.devstack.process.LaunchSpec;
import dev.millrace.devstack.process.LogTail;
import dev.millrace.devstack.process.Ports;
import dev.millrace.devstack.process.Screen;
import dev.millrace.devstack.process.StartFailedException;
import dev.millrace.devstack.process.Supervised;
import dev.millrace.devstack.process.Supervisor;
import dev.millrace.devstack.services.ServiceProcesses;
import dev.millrace.devstack.services.StartProbe;
import dev.millrace.devstack.storage.S3Server;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.events.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole of Millrace on this machine: a real broker, a real bucket and every service as a process of its own. Whatever happens
 * to this JVM, nothing of it is left behind.
 */
public final class DevStack implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    /** Longer than a trainer takes to discard or publish its window. */
    private static final Duration GRACE = Duration.ofSeconds(25);

    private static final int DEATHS_THAT_END_A_START = 3;

    private final StackOptions options;
    private final Screen screen;
    private final Home home = Home.find();
    private final Layout layout;
    private final Broker broker;
    private final S3Server s3;
    private final ServiceProcesses services;
    private final EndpointsFile endpoints;
    private final Supervisor supervisor;
    private final Management management = new Management();
    private volatile boolean closed;

    private DevStack(StackOptions options, Screen screen) {
        this.options = options;
        this.screen = screen;
        Ports ports = new Ports();
        this.services = new ServiceProcesses(options.fleet(), ports);
        this.broker = new Broker(ports);
        this.s3 = new S3Server(ports);
        this.layout = Layout.claim(options);
        Endpoints where =
                new Endpoints(services.urls(), services.management(), broker.bootstrapServers(), s3.access(), Map.of());
        this.endpoints = new EndpointsFile(layout.endpoints(), where, screen);
        this.supervisor = new Supervisor(InstantSource.system(), GRACE, new Told());
    }

    /**
     * Starts everything and returns when everything is ready. A signal that ends this JVM stops the stack as {@link #close} does.
     *
     * @throws StartFailedException with one line that says what is missing or which part did not come up
     * @throws dev.millrace.embedding.model.UnsupportedModelException before anything is started, naming the file and key
     */
    public static DevStack start(StackOptions options, Screen screen) {
        // Otherwise only the trainer's log would tell, while everything else waits for it.
        options.model().ifPresent(ModelFolder::read);
        DevStack stack = new DevStack(options, screen);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stack-stop"));
        try {
            stack.startParts();
            return stack;
        } catch (RuntimeException | Error e) {
            stack.close();
            throw e;
        }
    }

    private void startParts() {
        screen.line("starting broker and bucket (logs in " + layout.logs() + ")");
        supervisor.start(broker.spec(layout));
        supervisor.start(s3.spec(options.s3(), home, layout, screen));
        Path model =
                options.model().orElseGet(() -> BaseModel.miniLm(home.target().resolve("models")));
        awaitFoundations();
        broker.create(new Topics("", options.fleet().partitions()).all());
        screen.line("starting " + String.join(", ", services.names()));
        services.names().forEach(name -> supervisor.start(spec(name, model)));
        services.spares().forEach(name -> supervisor.add(spec(name, model)));
        services.names().forEach(this::awaitStart);
        endpoints.publish();
    }

    private LaunchSpec spec(String name, Path model) {
        return services.spec(name, shared(services.service(name), model), home, layout);
    }

    private Map<String, String> shared(Service service, Path model) {
        Map<String, String> settings = new HashMap<>();
        settings.put("millrace.kafka.bootstrap-servers", broker.bootstrapServers());
        if (service == Service.TRAINER) {
            settings.put("millrace.trainer.base-model", model.toString());
        }
        if (service == Service.TRAINER || service == Service.ENCODER) {
            settings.putAll(s3.configuration());
        }
        return settings;
    }

    private void awaitFoundations() {
        await(Broker.NAME, broker::ready);
        await(S3Server.NAME, () -> s3.ready() && s3.bucketReady());
    }

    /** Waits until broker, bucket and every service are ready; useful after {@link #kill} and {@link #restart}, too. */
    public void awaitReady() {
        awaitFoundations();
        services.names().forEach(this::awaitReady);
    }

    /** Waits until a service's process is ready. */
    public void awaitReady(String service) {
        await(service, () -> management.ready(services.management().get(service)));
    }

    private void awaitStart(String service) {
        URI at = services.management().get(service);
        await(service, new StartProbe(service, at, management, InstantSource.system()));
    }

    private void await(String name, Await.Probe probe) {
        boolean ready = new Await(screen, LIMIT).within(() -> "waiting for " + name, () -> {
            if (closed) {
                throw new StartFailedException("stopped while it waited for " + name);
            }
            if (supervisor.deathsInARow(name) >= DEATHS_THAT_END_A_START) {
                throw new StartFailedException(name + " does not start: " + LogTail.reason(layout.log(name)));
            }
            return probe.ready();
        });
        if (!ready) {
            throw new StartFailedException(name + " is not ready after " + LIMIT.toSeconds()
                    + " s; its log's last word: " + LogTail.reason(layout.log(name)));
        }
    }

    public Endpoints endpoints() {
        return endpoints.endpoints();
    }

    /** Names of all processes but the spares: the services', {@code kafka} and {@code s3}. */
    public List<String> processes() {
        List<String> names = new ArrayList<>(services.names());
        names.addAll(List.of(S3Server.NAME, Broker.NAME));
        return names;
    }

    /** What a process has written so far and goes on writing to. */
    public Path log(String process) {
        return layout.log(process);
    }

    /** SIGKILL. The supervisor starts the process again. */
    public void kill(String process) {
        supervisor.kill(process);
    }

    /** SIGKILL; it stays down until {@link #startAgain}. */
    public void crash(String process) throws InterruptedException {
        supervisor.crash(process);
    }

    /** Stops a process cleanly; it stays down until {@link #startAgain}. */
    public void stop(String process) throws InterruptedException {
        supervisor.stop(List.of(process));
    }

    public void startAgain(String process) {
        supervisor.startAgain(process);
    }

    public void restart(String process) throws InterruptedException {
        stop(process);
        startAgain(process);
    }

    /** SIGSTOP: the process keeps its connections and answers nothing. */
    public void pause(String process) {
        supervisor.pause(process);
    }

    /** SIGCONT. */
    public void resume(String process) {
        supervisor.resume(process);
    }

    /** Stops the services, then bucket and broker, and removes what was not asked to be kept. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        screen.line("stopping");
        endpoints.withdraw();
        supervisor.close();
        try {
            supervisor.stop(services.names());
            supervisor.stop(services.spares());
            supervisor.stop(List.of(S3Server.NAME, Broker.NAME));
            layout.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the stack's files", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells a person in one line, and scripts in the file, what happens to the processes. */
    private final class Told implements Supervised.Listener {
        @Override
        public void started(String name, long pid) {
            endpoints.started(name, pid);
        }

        @Override
        public void stopped(String name) {
            endpoints.ended(name);
        }

        @Override
        public void died(String name, int exitStatus, Duration pause) {
            endpoints.ended(name);
            screen.line("! " + name + " ended with status " + exitStatus + ", started again in " + pause.toMillis()
                    + " ms (see " + layout.log(name) + ")");
        }
    }
}
