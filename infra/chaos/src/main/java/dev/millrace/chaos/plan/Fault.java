package dev.millrace.chaos.plan;

import dev.millrace.devstack.DevStack;
import java.time.Duration;

/** One thing that goes wrong. Injecting it ends when the victim has been told to go on, not when it is ready. */
public sealed interface Fault {
    /** The process it falls on. */
    String victim();

    void inject(DevStack stack) throws InterruptedException;

    /** SIGKILL; started again after {@code down}. */
    record Kill(String victim, Duration down) implements Fault {
        @Override
        public void inject(DevStack stack) throws InterruptedException {
            stack.crash(victim);
            Thread.sleep(down.toMillis());
            stack.startAgain(victim);
        }
    }

    /** SIGSTOP, and SIGCONT after {@code length}: a pause so long that others may believe the process dead. */
    record Freeze(String victim, Duration length) implements Fault {
        @Override
        public void inject(DevStack stack) throws InterruptedException {
            stack.pause(victim);
            Thread.sleep(length.toMillis());
            stack.resume(victim);
        }
    }

    /** SIGTERM, and started again once it has ended. */
    record Restart(String victim) implements Fault {
        @Override
        public void inject(DevStack stack) throws InterruptedException {
            stack.restart(victim);
        }
    }

    /** Told to go (SIGTERM), and back only after {@code away}: until then its partitions are others'. */
    record Scale(String victim, Duration away) implements Fault {
        @Override
        public void inject(DevStack stack) throws InterruptedException {
            stack.stop(victim);
            Thread.sleep(away.toMillis());
            stack.startAgain(victim);
        }
    }

    /** Broker or bucket away for {@code length}. */
    record Outage(String victim, Manner manner, Duration length) implements Fault {
        @Override
        public void inject(DevStack stack) throws InterruptedException {
            switch (manner) {
                case REFUSING -> new Kill(victim, length).inject(stack);
                case SILENT -> new Freeze(victim, length).inject(stack);
            }
        }
    }

    /** How an outage looks from outside. */
    enum Manner {
        /** Killed: connections break and new ones are refused. */
        REFUSING,
        /** Stopped: connections stay, and nothing answers. */
        SILENT
    }
}
