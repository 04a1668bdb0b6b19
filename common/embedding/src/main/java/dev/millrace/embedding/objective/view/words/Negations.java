package dev.millrace.embedding.objective.view.words;

import java.text.Normalizer;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words that say the opposite: without just one of them a text is no view of what it was, but what it should be told from. Of
 * English, German, French, Spanish and Chinese.
 */
final class Negations {
    private static final Set<String> WORDS =
            Set.of(("no not none nor never neither nobody nothing nowhere cannot without hardly barely scarcely"
                            + " nicht nichts nie niemals niemand niemanden niemandem kein keine keinen keinem keiner keines"
                            + " keins ohne weder nirgends nirgendwo"
                            + " ne pas jamais sans aucun aucune rien ni non nul nulle"
                            + " nunca jamas sin nada nadie ningun ninguno ninguna ningunos ningunas tampoco")
                    .split(" "));
    private static final Pattern FORMS = Pattern.compile(
            ".*n't|n'.+|(?:do|does|did|is|are|was|were|wo|ca|could|would|should|have|has|had|ai|must|need)nt");
    private static final Pattern CHARACTERS = Pattern.compile("[不没沒未无無非别別勿否]");

    private static final Pattern MARKS = Pattern.compile("\\p{M}");
    private static final Pattern APART = Pattern.compile("[^\\p{L}']+");

    /** How far a negation reaches: two words, or four ideographs, since what it negates may come behind "very". */
    private static final int REACH = 4;

    private static final int OF_A_WORD = 2;

    private Negations() {}

    /** Whether a word, or a part of it, negates. */
    static boolean negates(String word) {
        if (CHARACTERS.matcher(word).find()) {
            return true;
        }
        String plain = MARKS.matcher(Normalizer.normalize(word, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .replace('\u2019', '\'');
        return APART.splitAsStream(plain)
                .anyMatch(part -> WORDS.contains(part) || FORMS.matcher(part).matches());
    }

    /** Places of negations, of the word before each ("it works not", 看不见) and of what each reaches. */
    static BitSet held(List<String> words) {
        BitSet held = new BitSet();
        for (int place = 0; place < words.size(); place++) {
            if (negates(words.get(place))) {
                held.set(Math.max(0, place - 1), place + 1);
                hold(held, words, place + 1);
            }
        }
        return held;
    }

    private static void hold(BitSet held, List<String> words, int from) {
        int left = REACH;
        for (int place = from; place < words.size() && left > 0; place++) {
            String word = words.get(place);
            left -= Wording.beginsIdeographic(word) ? word.codePointCount(0, word.length()) : OF_A_WORD;
            held.set(place);
        }
    }
}
