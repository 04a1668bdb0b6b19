package dev.millrace.bench;

import dev.millrace.bench.curve.CurveCommand;
import dev.millrace.bench.learning.ContinualCommand;
import dev.millrace.bench.learning.MethodsCommand;
import dev.millrace.bench.learning.ScalingCommand;
import dev.millrace.bench.lineage.LineageCommand;
import dev.millrace.bench.memory.LossesCommand;
import dev.millrace.bench.memory.MemoryCommand;
import dev.millrace.bench.memory.SoakCommand;
import dev.millrace.bench.publishing.PublishingCommand;
import dev.millrace.bench.scale.ScaleCommand;
import dev.millrace.bench.spaces.SpacesCommand;
import dev.millrace.bench.speed.EncodeCommand;
import dev.millrace.bench.speed.TrainCommand;
import dev.millrace.devstack.options.Program;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./millrace bench}: how this machine trains and encodes, beside what a user would take instead. */
@Command(
        name = "millrace bench",
        mixinStandardHelpOptions = true,
        description = "Measures training and encoding on this machine. Figures: target/bench/COMMAND.json.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TrainCommand.class,
            EncodeCommand.class,
            CurveCommand.class,
            SoakCommand.class,
            MemoryCommand.class,
            LossesCommand.class,
            PublishingCommand.class,
            LineageCommand.class,
            MethodsCommand.class,
            ContinualCommand.class,
            ScalingCommand.class,
            ScaleCommand.class,
            SpacesCommand.class
        },
        footer = {
            "",
            "  train  [--texts FILE] [--runs N] [--python PATH]",
            "  encode [--texts FILE] [--runs N] [--python PATH] [--tei URL]",
            "  curve  [--pairs FILE] [--steps N] [--batch N] [--seeds N] [--python PATH]",
            "  soak   [--pairs FILE] [--steps N] [--encodes N]",
            "  memory [--batches N,N] [--tokens N]",
            "  methods DATA [--limit N] [--seeds N] [--only NAME,..] [--variant \"NAME: KEY=VALUE; ..\"]",
            "  continual DATA [--limit N] [--unlabelled SHARE] [--withheld SHARE] [--only NAME,..]",
            "  scaling DATA [--limit N] [--trainers N,..] [--codecs NAME,..] [--outer STEP,..]",
            "  scale [--profile NAME] [--set KEY=VALUE] [--trainers N,..] [--windows N,..] [--change NAME,..] [--measure]",
            "  spaces DATA [--limit N] [--phases N] [--anchors N] [--joint]",
            "  losses [--batches N,N] [--dimensions N]",
            "  publishing [--pairs FILE] [--window N] [--rounds N] [--shape NAME] [--minio PATH|build]",
            "  lineage [--versions N] [--server] [--minio PATH|build]",
            "",
            "Each also takes --model FOLDER and --threads N; COMMAND --help tells more."
        })
public final class Bench implements Runnable {
    /** Runs the command line. */
    public static void main(String[] arguments) {
        Program.run(new Bench(), "millrace: ", arguments);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                new CommandLine(this),
                "say what to measure: train, encode, curve, soak, memory, losses, publishing, lineage, methods, continual, scaling, scale or spaces");
    }
}
