package dev.millrace.checkpoints.version;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which names may become keys in the bucket and paths on a disk. */
public final class Names {
    /** A regular expression: what a version or a channel may be called. */
    public static final String PATTERN = "[a-z0-9][a-z0-9.-]{0,62}";

    private static final Pattern NAME = Pattern.compile(PATTERN);
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final int MAX_PATH = 512;

    private Names() {}

    /** Whether a version or a channel may be called so. */
    public static boolean isName(final String name) {
        return NAME.matcher(name).matches();
    }

    public static String name(final String field, final String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException(field + ": not a name of " + PATTERN);
        }
        return name;
    }

    /** A path that stays inside its folder on every file system: an allow-list, since a deny-list forgets something. */
    public static String path(final String path) {
        final boolean safe = path.length() <= MAX_PATH
                && Arrays.stream(path.split("/", -1)).allMatch(Names::isSegment)
                && !path.equals(Layout.MANIFEST);
        if (!safe) {
            throw new IllegalArgumentException("path " + printable(path) + " is not allowed in a version");
        }
        return path;
    }

    static void paths(final SortedMap<String, ?> files) {
        final SortedSet<String> folders = new TreeSet<>();
        for (final String path : files.keySet()) {
            path(path);
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                folders.add(path.substring(0, slash));
            }
        }
        folders.retainAll(files.keySet());
        if (!folders.isEmpty()) {
            throw new IllegalArgumentException("path " + folders.first() + " is both a file and a folder");
        }
    }

    private static boolean isSegment(final String segment) {
        return SEGMENT.matcher(segment).matches() && !segment.equals(".") && !segment.equals("..");
    }

    private static String printable(final String path) {
        final String shown = path.replaceAll("[^\\x20-\\x7e]", "?");
        return '"' + (shown.length() > MAX_PATH ? shown.substring(0, MAX_PATH) : shown) + '"';
    }
}
