package dev.millrace.cluster;

import dev.millrace.devstack.process.Folders;
import dev.millrace.devstack.process.SecretFile;
import dev.millrace.devstack.process.StartFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority that lasts as long as its folder, and one certificate that it signed: for the API server, for the API server as the
 * front proxy of others, and for KEDA's own connections. Made by the JDK's keytool, so that nothing else has to be installed.
 */
final class Certificates {
    /** What the front proxy is known by; any other name is refused. */
    static final String NAME = "localhost";

    private static final Path KEYTOOL = Path.of(System.getProperty("java.home"), "bin", "keytool");
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String AUTHORITY = "ca";
    private static final String SERVER = "tls";

    private final Path folder;
    private final KeyStore keys;

    private Certificates(Path folder, KeyStore keys) {
        this.folder = folder;
        this.keys = keys;
    }

    /** Writes {@code ca.crt}, {@code tls.crt} and {@code tls.key} into the folder: the names that KEDA expects. */
    static Certificates in(Path folder) {
        Path store = Folders.create(folder).resolve("keys.p12");
        keytool(store, AUTHORITY, List.of("-ext", "bc:c", "-ext", "ku:c=keyCertSign,cRLSign,digitalSignature"));
        keytool(
                store,
                SERVER,
                List.of(
                        "-signer",
                        AUTHORITY,
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-ext",
                        "eku=serverAuth,clientAuth"));
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            Certificates made = new Certificates(folder, keys);
            made.write();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new StartFailedException("the certificates cannot be read back", e);
        }
    }

    private static void keytool(Path store, String alias, List<String> extensions) {
        List<String> command = new ArrayList<>(List.of(KEYTOOL.toString(), "-genkeypair", "-alias", alias));
        command.addAll(List.of("-dname", "CN=" + (alias.equals(AUTHORITY) ? "millrace-cluster" : NAME)));
        command.addAll(List.of("-keyalg", "RSA", "-keysize", "2048", "-validity", "30"));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
        command.addAll(List.of("-storepass", new String(PASSWORD)));
        command.addAll(extensions);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(store.resolveSibling("keytool.log").toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new StartFailedException(
                        "keytool failed: " + Files.readString(store.resolveSibling("keytool.log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run keytool", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailedException("interrupted while certificates were made", e);
        }
    }

    private void write() throws GeneralSecurityException {
        SecretFile.write(authority(), pem("CERTIFICATE", certificate(AUTHORITY).getEncoded()));
        SecretFile.write(certificate(), pem("CERTIFICATE", certificate(SERVER).getEncoded()));
        SecretFile.write(key(), pem("PRIVATE KEY", keys.getKey(SERVER, PASSWORD).getEncoded()));
    }

    private Certificate certificate(String alias) throws GeneralSecurityException {
        return keys.getCertificate(alias);
    }

    private static String pem(String kind, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }

    Path folder() {
        return folder;
    }

    Path authority() {
        return folder.resolve("ca.crt");
    }

    Path certificate() {
        return folder.resolve("tls.crt");
    }

    Path key() {
        return folder.resolve("tls.key");
    }

    /** Trusts this authority and no other. */
    SSLContext trust() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, PASSWORD);
            trusted.setCertificateEntry(AUTHORITY, certificate(AUTHORITY));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new StartFailedException("no TLS with the control plane's own authority", e);
        }
    }
}
