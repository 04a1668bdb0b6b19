package dev.millrace.encoder;

import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.model.Prompts;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.text.UnencodableTextException;
import dev.millrace.encoder.config.EncoderConfig;
import dev.millrace.encoder.serving.VectorModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;

/** A version's tokenizer and its weights, ready to encode. */
final class EncoderModel implements VectorModel {
    private static final Logger LOG = Logger.getLogger(EncoderModel.class);

    /** In int8 numbers were off by up to .012 over 128 texts; a trainer's golden vectors allow .015, enough for bf16. */
    private static final double INT8_ROUNDING = 0.01;

    /** Of a request's texts so many characters are tokenized at once, as the native side keeps what it knows of each until the last. */
    private static final int CHARACTERS_AT_ONCE = 1 << 20;

    private final TextTokenizer tokenizer;
    private final OwnTokens ownTokens;
    private final Encoder encoder;
    private final double rounding;
    private final Computation computation;
    private final Description description;

    private EncoderModel(
            TextTokenizer tokenizer,
            OwnTokens ownTokens,
            Encoder encoder,
            EncoderOptions options,
            Description description) {
        this.tokenizer = tokenizer;
        this.ownTokens = ownTokens;
        this.encoder = encoder;
        rounding = options.precision() == Precision.INT8 ? INT8_ROUNDING : 0;
        this.description = description;
        computation = new Computation(lower(encoder.engine()), lower(options.precision()), options.device());
    }

    /** As it is configured; where no precision is asked for, in the one that this model is encoded fastest in. */
    static EncoderModel load(Path folder, EncoderConfig config) {
        final ModelFolder model = ModelFolder.read(folder);
        final EncoderOptions options = options(config);
        if (config.precision() != EncoderConfig.Precision.AUTO) {
            return load(model, options);
        }
        return load(model, options.with(Encoder.fastest(config.device(), model).precision()));
    }

    static EncoderModel load(ModelFolder model, EncoderOptions options) {
        final Path folder = model.folder();
        final TextTokenizer tokenizer = TextTokenizer.load(model);
        try {
            final OwnTokens ownTokens = OwnTokens.of(tokenizer, model);
            final Encoder encoder = Encoder.load(model, options);
            LOG.infof("%s encodes in %s by %s", folder.getFileName(), options.precision(), encoder.engine());
            return new EncoderModel(tokenizer, ownTokens, encoder, options, described(model));
        } catch (RuntimeException | Error failure) {
            tokenizer.close();
            throw failure;
        }
    }

    private static Description described(ModelFolder model) {
        return new Description(model.maxTokens(), model.pooling().mode());
    }

    /** @throws IllegalArgumentException naming the key, when this machine cannot do what it says */
    static EncoderOptions options(EncoderConfig config) {
        final Precision precision =
                switch (config.precision()) {
                    case AUTO -> Encoder.fastest(config.device()).precision();
                    case FP32 -> Precision.FP32;
                    case BF16 -> Precision.BF16;
                    case INT8 -> Precision.INT8;
                };
        Encoder.impediment(precision, config.device()).ifPresent(reason -> {
            throw new IllegalArgumentException("millrace.encoder.precision: int8 " + reason);
        });
        final int threads = config.threads() == 0 ? Runtime.getRuntime().availableProcessors() : config.threads();
        return new EncoderOptions(config.device(), precision, threads, config.batchTokens());
    }

    @Override
    public int dimensions() {
        return encoder.dimensions();
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Computation computation() {
        return computation;
    }

    @Override
    public Description description() {
        return description;
    }

    @Override
    public double rounding() {
        return rounding;
    }

    @Override
    public Prompts prompts() {
        return tokenizer.prompts();
    }

    @Override
    public List<Tokens> tokenize(List<String> texts) {
        if (texts.size() == 1) {
            return List.of(tokenizer.tokenize(texts.get(0)));
        }
        final List<Tokens> tokens = new ArrayList<>(texts.size());
        int begin = 0;
        while (begin < texts.size()) {
            final int end = endOfPart(texts, begin);
            tokens.addAll(part(texts, begin, end));
            begin = end;
        }
        return tokens;
    }

    private List<Tokens> part(List<String> texts, int begin, int end) {
        try {
            return tokenizer.tokenize(texts.subList(begin, end));
        } catch (UnencodableTextException unencodable) {
            throw new UnencodableTextException(begin + unencodable.index(), unencodable.reason());
        }
    }

    private static int endOfPart(List<String> texts, int begin) {
        int end = begin + 1;
        long characters = texts.get(begin).length();
        while (end < texts.size() && characters + texts.get(end).length() <= CHARACTERS_AT_ONCE) {
            characters += texts.get(end++).length();
        }
        return end;
    }

    @Override
    public Tokens tokens(int[] ids) {
        return ownTokens.tokens(ids);
    }

    @Override
    public float[][] encode(List<Tokens> texts) {
        return encoder.encode(texts);
    }

    @Override
    public void close() {
        try {
            encoder.close();
        } finally {
            tokenizer.close();
        }
    }
}
