package dev.millrace.attribution.runtime;

/** Where the service stands, in words a person can act on. */
sealed interface JoinState {
    String words();

    /** The join cannot start yet. */
    record Waiting(String reason) implements JoinState {
        @Override
        public String words() {
            return "waiting: " + reason;
        }
    }

    /** The join has started and takes up its partitions. */
    record Starting() implements JoinState {
        @Override
        public String words() {
            return "starting";
        }
    }

    /** The join works. */
    record Running() implements JoinState {
        @Override
        public String words() {
            return "running";
        }
    }

    /** The join has started but gets nothing done; it goes on by itself. */
    record CutOff(String reason) implements JoinState {
        @Override
        public String words() {
            return "cut off: " + reason;
        }
    }

    /** The service was told to stop. */
    record Stopped() implements JoinState {
        @Override
        public String words() {
            return "stopped";
        }
    }
}
