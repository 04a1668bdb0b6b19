package dev.millrace.checkpoints;

/** Where things lie in the bucket. */
final class Layout {
    static final String MANIFEST = "manifest.json";
    static final String HEAD = "head.json";
    static final String VERSIONS = "versions/";
    static final String CHANNELS = "channels/";
    static final String GUARDS = "guards/";
    private static final String JSON = ".json";

    private Layout() {}

    static String folder(final String version) {
        return VERSIONS + Names.name("version", version) + "/";
    }

    static String file(final String version, final String path) {
        return folder(version) + path;
    }

    static String manifest(final String version) {
        return file(version, MANIFEST);
    }

    static boolean isInVersion(final String key) {
        final int slash = key.indexOf('/', VERSIONS.length());
        return key.startsWith(VERSIONS) && slash > 0 && Names.isName(versionOf(key));
    }

    static String versionOf(final String key) {
        return key.substring(VERSIONS.length(), key.indexOf('/', VERSIONS.length()));
    }

    static String channel(final String name) {
        return CHANNELS + Names.name("channel", name) + JSON;
    }

    static String guard(final String key, final String etag) {
        return GUARDS + key + "/" + etag;
    }

    static boolean isChannel(final String key) {
        return key.startsWith(CHANNELS) && key.endsWith(JSON) && Names.isName(channelName(key));
    }

    static String channelName(final String key) {
        return key.substring(CHANNELS.length(), key.length() - JSON.length());
    }
}
