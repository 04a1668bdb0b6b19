package dev.millrace.devstack;

import dev.millrace.devstack.options.Home;
import dev.millrace.devstack.options.Program;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.options.StackOptions;
import dev.millrace.devstack.options.StartOptions;
import dev.millrace.devstack.process.Screen;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./millrace up}: starts the stack, says where everything is, and stays until Ctrl-C. */
@Command(
        name = "millrace up",
        description =
                "Starts a broker, a bucket and every service on this machine, with MiniLM to begin with, and stays up"
                        + " until Ctrl-C.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Environment variables set the services' keys and reach every service; name files by absolute paths, as"
                    + " relative ones are read from the service's own folder below target/up/run:",
            "  MILLRACE_LEARNING_PRESET=search ./millrace up"
        })
public final class Up implements Callable<Integer> {
    @Mixin
    private final StartOptions start = new StartOptions();

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "keep broker's and bucket's data here, and go on from it")
    private Optional<Path> keep;

    @Option(names = "--trainers", paramLabel = "N", description = "number of trainers (default: ${DEFAULT-VALUE})")
    private int trainers = 1;

    @Option(names = "--port-ingestion", paramLabel = "PORT", description = "default: a free port")
    private Optional<Integer> ingestionPort;

    @Option(names = "--port-encoder", paramLabel = "PORT", description = "default: a free port")
    private Optional<Integer> encoderPort;

    public static void main(String[] arguments) {
        Program.run(new Up(), "millrace: ", arguments);
    }

    @Override
    public Integer call() throws InterruptedException {
        Screen screen = Screen.stdout();
        Path folder = Home.find().target().resolve("up");
        try (DevStack stack = DevStack.start(options(folder), screen)) {
            Welcome.lines(stack.endpoints(), folder).forEach(screen::line);
            new CountDownLatch(1).await();
        }
        return CommandLine.ExitCode.OK;
    }

    private StackOptions options(Path folder) {
        StackOptions options = start.in(folder).withTrainers(trainers);
        options = keep.map(options::keeping).orElse(options);
        options = ingestionPort.isPresent() ? options.withPort(Service.INGESTION, ingestionPort.get()) : options;
        return encoderPort.isPresent() ? options.withPort(Service.ENCODER, encoderPort.get()) : options;
    }
}
