package dev.millrace.encoder;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The ways in which a version can be bad; each makes one in the bucket and says by which file, or which of several, it is to be refused. */
enum BadVersion {
    FLIPPED {
        @Override
        String make(Scene scene) {
            final String file = scene.anyFile();
            final byte[] body = scene.body(file);
            body[scene.random().nextInt(body.length)] ^=
                    (byte) (1 << scene.random().nextInt(8));
            scene.put(file, body);
            return file;
        }
    },
    TRUNCATED {
        @Override
        String make(Scene scene) {
            final String file = scene.anyFile();
            final byte[] body = scene.body(file);
            scene.put(file, Arrays.copyOf(body, scene.random().nextInt(body.length)));
            return file;
        }
    },
    EXTENDED {
        @Override
        String make(Scene scene) {
            final String file = scene.anyFile();
            final byte[] body = scene.body(file);
            scene.put(file, Arrays.copyOf(body, body.length + 1 + scene.random().nextInt(100)));
            return file;
        }
    },
    EMPTY {
        @Override
        String make(Scene scene) {
            final String file = scene.anyFile();
            scene.put(file, new byte[0]);
            return file;
        }
    },
    MISSING {
        @Override
        String make(Scene scene) {
            final String file = scene.anyFile();
            scene.bucket().delete(scene.key(file));
            return file;
        }
    },
    SWAPPED {
        @Override
        String make(Scene scene) {
            final byte[] config = scene.body(RealModel.CONFIG);
            scene.put(RealModel.CONFIG, scene.body(RealModel.TOKENIZER));
            scene.put(RealModel.TOKENIZER, config);
            return RealModel.CONFIG + OR + RealModel.TOKENIZER;
        }
    },
    OF_ANOTHER_VERSION {
        @Override
        String make(Scene scene) throws IOException {
            final Path other = RealModel.write(
                    Files.createTempDirectory("other"), scene.random().nextLong());
            scene.put(RealModel.WEIGHTS, Files.readAllBytes(other.resolve(RealModel.WEIGHTS)));
            return RealModel.WEIGHTS;
        }
    },
    HALF_UPLOADED {
        @Override
        String make(Scene scene) {
            scene.bucket().delete(scene.key(Scene.MANIFEST));
            scene.bucket().delete(scene.key(scene.anyFile()));
            return Scene.MANIFEST;
        }
    },
    WITHOUT_MANIFEST {
        @Override
        String make(Scene scene) {
            scene.bucket().delete(scene.key(Scene.MANIFEST));
            return Scene.MANIFEST;
        }
    },
    MANIFEST_TORN {
        @Override
        String make(Scene scene) {
            final byte[] body = scene.body(Scene.MANIFEST);
            scene.put(Scene.MANIFEST, Arrays.copyOf(body, scene.random().nextInt(body.length - 1)));
            return Scene.MANIFEST;
        }
    },
    MANIFEST_GARBAGE {
        @Override
        String make(Scene scene) {
            final byte[] garbage = new byte[500];
            scene.random().nextBytes(garbage);
            scene.put(Scene.MANIFEST, garbage);
            return Scene.MANIFEST;
        }
    },
    MANIFEST_OF_ANOTHER_VERSION {
        @Override
        String make(Scene scene) {
            final String json = new String(scene.body(Scene.MANIFEST), UTF_8);
            scene.put(
                    Scene.MANIFEST,
                    json.replace(scene.version(), "v999999-00000000").getBytes(UTF_8));
            return Scene.MANIFEST;
        }
    },
    MANIFEST_WITH_ANOTHER_HASH {
        @Override
        String make(Scene scene) {
            final String file = scene.anyFile();
            final String json = new String(scene.body(Scene.MANIFEST), UTF_8);
            final int hash = json.indexOf("\"sha256\"", json.indexOf('"' + file + '"')) + 12;
            final char digit = json.charAt(hash) == '0' ? '1' : '0';
            scene.put(Scene.MANIFEST, (json.substring(0, hash) + digit + json.substring(hash + 1)).getBytes(UTF_8));
            return Scene.MANIFEST;
        }
    },
    WEIGHTS_NOT_A_NUMBER {
        @Override
        String make(Scene scene) throws IOException {
            final byte[] body = scene.body(RealModel.WEIGHTS);
            Arrays.fill(body, body.length - 4, body.length, (byte) 0x7f);
            return scene.publish(RealModel.WEIGHTS, body);
        }
    },
    WEIGHTS_OF_ANOTHER_DIMENSION {
        @Override
        String make(Scene scene) throws IOException {
            final String key = "\"hidden_size\": ";
            final String json = new String(scene.body(RealModel.CONFIG), UTF_8)
                    .replace(key + RealModel.DIMENSIONS, key + 2 * RealModel.DIMENSIONS);
            scene.publish(RealModel.CONFIG, json.getBytes(UTF_8));
            return RealModel.WEIGHTS;
        }
    },
    WEIGHTS_TORN_BEFORE_HASHED {
        @Override
        String make(Scene scene) throws IOException {
            final byte[] body = scene.body(RealModel.WEIGHTS);
            return scene.publish(
                    RealModel.WEIGHTS, Arrays.copyOf(body, scene.random().nextInt(body.length)));
        }
    },
    TOKENIZER_BROKEN {
        @Override
        String make(Scene scene) throws IOException {
            final byte[] body = scene.body(RealModel.TOKENIZER);
            return scene.publish(
                    RealModel.TOKENIZER, Arrays.copyOf(body, scene.random().nextInt(body.length - 2)));
        }
    },
    TOKENIZER_WITH_WORDS_THE_WEIGHTS_LACK {
        @Override
        String make(Scene scene) throws IOException {
            final String json = new String(scene.body(RealModel.TOKENIZER), UTF_8);
            return scene.publish(
                    RealModel.TOKENIZER,
                    json.replace("\"[UNK]\": 1,", "\"[UNK]\": 4711,").getBytes(UTF_8));
        }
    },
    CONFIG_OF_ANOTHER_FAMILY {
        @Override
        String make(Scene scene) throws IOException {
            final String json = new String(scene.body(RealModel.CONFIG), UTF_8);
            return scene.publish(RealModel.CONFIG, json.replace("bert", "t5").getBytes(UTF_8));
        }
    },
    GOLDEN_VECTORS_OF_OTHER_WEIGHTS {
        @Override
        String make(Scene scene) throws IOException {
            final String zeros = Arrays.toString(new int[RealModel.DIMENSIONS]);
            final String golden = "{\"texts\": [\"w4 w5\"], \"vectors\": [%s], \"tolerance\": 0.001}".formatted(zeros);
            return scene.publish("golden.json", golden.getBytes(UTF_8));
        }
    };

    /** Between files of which each is at fault: they are fetched at once. */
    static final String OR = " or ";

    /** Makes the scene's version bad. */
    abstract String make(Scene scene) throws IOException;

    /** A whole version of these files lies in the bucket under the name; what is done to it is drawn from the seed. */
    record Scene(CheckpointStore store, Bucket bucket, Path files, String version, Random random) {
        static final String MANIFEST = "manifest.json";
        private static final List<String> FILES = List.of(RealModel.CONFIG, RealModel.TOKENIZER, RealModel.WEIGHTS);

        String anyFile() {
            return FILES.get(random.nextInt(FILES.size()));
        }

        String key(String file) {
            return "versions/" + version + "/" + file;
        }

        byte[] body(String file) {
            return bucket.get(key(file)).orElseThrow().body();
        }

        void put(String file, byte[] body) {
            bucket.put(key(file), body, Condition.ALWAYS);
        }

        /** The version once more, with another file and all hashes right. */
        String publish(String file, byte[] body) throws IOException {
            Files.write(files.resolve(file), body);
            bucket.list("versions/" + version + "/").forEach(entry -> bucket.delete(entry.key()));
            store.publish(Publisher.draft(version), files);
            return file;
        }
    }
}
