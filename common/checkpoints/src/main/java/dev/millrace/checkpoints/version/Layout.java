package dev.millrace.checkpoints.version;

/** Where things lie in the bucket. */
public final class Layout {
    public static final String MANIFEST = "manifest.json";
    public static final String HEAD = "head.json";
    public static final String RETENTION = "retention.json";
    public static final String VERSIONS = "versions/";
    public static final String CHANNELS = "channels/";
    public static final String GUARDS = "guards/";
    public static final String SUMMARIES = "summaries/";
    public static final String SPACES = "spaces/";
    private static final String JSON = ".json";

    private Layout() {}

    public static String folder(final String version) {
        return VERSIONS + Names.name("version", version) + "/";
    }

    public static String file(final String version, final String path) {
        return folder(version) + path;
    }

    public static String manifest(final String version) {
        return file(version, MANIFEST);
    }

    /** Of a version and its ancestors. */
    public static String summary(final String version) {
        return SUMMARIES + Names.name("version", version) + JSON;
    }

    /** Of an index that was built. */
    public static String space(final String name) {
        return SPACES + Names.name("space", name) + JSON;
    }

    public static boolean isSpace(final String key) {
        return key.startsWith(SPACES) && key.endsWith(JSON) && Names.isName(spaceName(key));
    }

    public static String spaceName(final String key) {
        return key.substring(SPACES.length(), key.length() - JSON.length());
    }

    public static boolean isInVersion(final String key) {
        final int slash = key.indexOf('/', VERSIONS.length());
        return key.startsWith(VERSIONS) && slash > 0 && Names.isName(versionOf(key));
    }

    public static String versionOf(final String key) {
        return key.substring(VERSIONS.length(), key.indexOf('/', VERSIONS.length()));
    }

    public static String channel(final String name) {
        return CHANNELS + Names.name("channel", name) + JSON;
    }

    public static String guard(final String key, final String etag) {
        return GUARDS + key + "/" + etag;
    }

    public static boolean isChannel(final String key) {
        return key.startsWith(CHANNELS) && key.endsWith(JSON) && Names.isName(channelName(key));
    }

    public static String channelName(final String key) {
        return key.substring(CHANNELS.length(), key.length() - JSON.length());
    }
}
