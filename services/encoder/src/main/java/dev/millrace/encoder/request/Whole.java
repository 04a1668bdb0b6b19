package dev.millrace.encoder.request;

import dev.millrace.embedding.text.Tokens;
import java.util.List;

/**
 * That texts are to be encoded whole or not at all: their caller does not want them cut, or cut otherwise than we do, which is behind
 * the last token that the model reads. Where nothing is asked, texts are cut.
 *
 * @param tokens the most that a text may have, special ones included
 * @param reason what is wrong with a text that has more, to be read after its name
 */
public record Whole(int tokens, String reason) {
    /** As many as the model reads. */
    public static Whole forModel(String reason) {
        return new Whole(Integer.MAX_VALUE, reason);
    }

    /**
     * Refuses a text that is to be cut.
     *
     * @throws RequestFailedException naming the first that has more tokens, or was cut already
     */
    public void require(List<Tokens> texts) {
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).truncated() || texts.get(i).length() > tokens) {
                throw RequestFailedException.invalid("input[" + i + "]", reason);
            }
        }
    }
}
