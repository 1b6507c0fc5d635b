package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// An authority of the tests' own, and hosts with one key and the certificates that it signs for them.
public final class Certificates {

    private static final String PASSWORD = "changeit";

    private final Path folder;

    /// @param folder for its files
    public Certificates(Path folder) throws Exception {
        this.folder = folder;
        keytool("-genkeypair -keyalg EC -alias ca -keystore ca.p12 -dname CN=CA -ext bc:c -validity 2");
        keytool("-genkeypair -keyalg EC -alias key -keystore key.p12 -dname CN=localhost -ext san=dns:localhost");
        keytool("-certreq -alias key -keystore key.p12 -file key.csr");
        sign("right", "-ext san=dns:localhost -validity 2");
        sign("other", "-ext san=dns:other.example -validity 2");
        sign("expired", "-ext san=dns:localhost -startdate -9d -validity 2");
        KeyStore trust = store("trust-of-nothing");
        trust.setCertificateEntry("ca", store("ca").getCertificate("ca"));
        try (var out = Files.newOutputStream(folder.resolve("trust.p12"))) {
            trust.store(out, PASSWORD.toCharArray());
        }
    }

    /// The settings with which an operator has the gateway trust the authority.
    public Map<String, Object> trust() {
        return Map.of(
                "micronaut.http.client.ssl.trust-store.path",
                "file:" + folder.resolve("trust.p12"),
                "micronaut.http.client.ssl.trust-store.password",
                PASSWORD,
                "micronaut.http.client.ssl.trust-store.type",
                "PKCS12");
    }

    /// A host's.
    ///
    /// @param certificate `right`, `other` for another host's name, `expired`, or any other word for one that
    ///     nobody has signed
    public SSLContext of(String certificate) throws Exception {
        KeyStore keys = store("key");
        Path signed = folder.resolve(certificate + ".crt");
        if (Files.exists(signed)) {
            try (var in = Files.newInputStream(signed)) {
                keys.setKeyEntry(
                        "key", keys.getKey("key", PASSWORD.toCharArray()), PASSWORD.toCharArray(), new Certificate[] {
                            CertificateFactory.getInstance("X.509").generateCertificate(in)
                        });
            }
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /// An empty one where there is no such file.
    private KeyStore store(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.exists(file) ? Files.newInputStream(file) : null) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private void sign(String name, String extensions) throws Exception {
        keytool("-gencert -alias ca -keystore ca.p12 -infile key.csr -outfile " + name + ".crt " + extensions);
    }

    private void keytool(String arguments) throws IOException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = Stream.of(keytool, arguments, "-storetype PKCS12 -storepass", PASSWORD)
                .flatMap(part -> Stream.of(part.split(" ")))
                .toList();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
