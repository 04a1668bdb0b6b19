package dev.millrace.admin.reindex;

/** One text of a corpus, and the name that it has in the index. */
record Document(String id, String text) {}
