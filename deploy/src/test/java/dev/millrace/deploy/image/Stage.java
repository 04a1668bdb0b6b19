package dev.millrace.deploy.image;

import java.util.List;

/**
 * What begins with a FROM.
 *
 * @param name what later stages and --target call it; its number where it has no name
 * @param base another stage, an image, or scratch
 */
record Stage(String name, String base, List<Instruction> instructions) {}
