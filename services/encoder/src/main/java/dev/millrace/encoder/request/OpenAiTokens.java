package dev.millrace.encoder.request;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.IntArrayList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Back to text what OpenAI's tokenizers made of it: clients made for OpenAI's models send token arrays unasked, langchain by
 * default. A vocabulary is read when it is first needed.
 */
public final class OpenAiTokens {
    private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();

    private OpenAiTokens() {}

    /**
     * The texts, where the name is that of a model of OpenAI's; empty where it is not.
     *
     * @throws RequestFailedException naming an array that is none of that model's tokenizer
     */
    public static Optional<List<String>> texts(Optional<String> model, List<int[]> arrays) {
        return model.flatMap(ENCODINGS::getEncodingForModel).map(encoding -> texts(encoding, arrays));
    }

    private static List<String> texts(Encoding encoding, List<int[]> arrays) {
        final List<String> texts = new ArrayList<>(arrays.size());
        for (int[] ids : arrays) {
            texts.add(text(encoding, ids, texts.size()));
        }
        return texts;
    }

    private static String text(Encoding encoding, int[] ids, int index) {
        final IntArrayList list = new IntArrayList(ids.length);
        for (int id : ids) {
            list.add(id);
        }
        try {
            return encoding.decode(list);
        } catch (RuntimeException unknown) {
            // The library's own word for an id that it does not know is a NullPointerException.
            throw RequestFailedException.invalid(
                    "input[" + index + "]", "is no token array of " + encoding.getName() + ": " + unknown.getMessage());
        }
    }
}
