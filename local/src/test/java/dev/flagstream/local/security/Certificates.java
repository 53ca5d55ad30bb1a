package dev.flagstream.local.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Self-signed certificates of a test: of a server at 127.0.0.1, of a client that the server trusts,
 * and of a stranger.
 */
public final class Certificates {

  public static final String PASSWORD = "changeit";
  public static final String SERVER = "server";
  public static final String CLIENT = "client";
  public static final String STRANGER = "stranger";

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  /** Makes all of them, at the same time, since each takes a process. */
  public static Certificates in(Path folder) throws Exception {
    Certificates made = new Certificates(Files.createDirectories(folder));
    List<Process> processes = new ArrayList<>();
    for (String name : List.of(SERVER, CLIENT, STRANGER)) {
      processes.add(made.generate(name));
    }
    for (Process process : processes) {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    }
    for (String name : List.of(SERVER, CLIENT)) {
      made.trust(name);
    }
    return made;
  }

  private Process generate(String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-J-XX:TieredStopAtLevel=1",
            "-genkeypair",
            "-alias",
            name,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=" + name,
            "-ext",
            "SAN=ip:127.0.0.1,dns:localhost",
            "-storetype",
            "PKCS12",
            "-keystore",
            keys(name).toString(),
            "-storepass",
            PASSWORD)
        .redirectErrorStream(true)
        .start();
  }

  private void trust(String name) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(name, keyStore(name).getCertificate(name));
    try (OutputStream out = Files.newOutputStream(trusting(name))) {
      trusted.store(out, PASSWORD.toCharArray());
    }
  }

  /** The file with a name's key and certificate. */
  public Path keys(String name) {
    return folder.resolve(name + ".p12");
  }

  /** A file that trusts a name, and nobody else. */
  public Path trusting(String name) {
    return folder.resolve("trusts-" + name + ".p12");
  }

  /** What {@link #keys} holds. */
  public KeyStore keyStore(String name) throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(keys(name).toFile(), PASSWORD.toCharArray());
  }

  /**
   * TLS for a client that trusts the server, and shows this name's certificate; null shows none.
   */
  public SSLContext tls(String name) throws IOException, GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(KeyStore.getInstance(trusting(SERVER).toFile(), PASSWORD.toCharArray()));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(name == null ? null : keyStore(name), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
