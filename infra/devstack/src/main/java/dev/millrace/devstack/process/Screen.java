package dev.millrace.devstack.process;

/** Where progress is told, one line at a time. */
@FunctionalInterface
public interface Screen {
    void line(String text);

    static Screen stdout() {
        return text -> {
            System.out.println(text);
            System.out.flush();
        };
    }

    static Screen silent() {
        return text -> {};
    }
}
