package dev.flagstream.local.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority that nobody knows, and a server whose certificate it has signed. */
public final class PrivateAuthority {

  private static final String PASSWORD = "changeit";
  private static final String AUTHORITY = "authority";

  private final Path store;
  private final Path folder;

  private PrivateAuthority(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("authority.p12");
  }

  /**
   * Makes both.
   *
   * @param folder takes the files; it is made if it is not there
   * @param serverNames what the server's certificate is for, such as {@code ip:127.0.0.1}
   */
  public static PrivateAuthority in(Path folder, String serverNames) throws Exception {
    PrivateAuthority made = new PrivateAuthority(Files.createDirectories(folder));
    made.keytool("-alias", AUTHORITY, "-dname", "CN=An authority", "-ext", "bc:critical=ca:true");
    made.keytool(
        "-alias",
        "server",
        "-dname",
        "CN=A server",
        "-ext",
        "SAN=" + serverNames,
        "-signer",
        AUTHORITY,
        "-signerkeypass",
        PASSWORD);
    return made;
  }

  private void keytool(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-genkeypair"));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  /** The authority's certificate, as a client needs it to trust the server. */
  public Path pem() throws IOException, GeneralSecurityException {
    byte[] certificate =
        KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray())
            .getCertificate(AUTHORITY)
            .getEncoded();
    return Files.writeString(
        folder.resolve("authority.pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificate)
            + "\n-----END CERTIFICATE-----\n");
  }

  /** What the server shows its clients. */
  public SSLContext server() throws IOException, GeneralSecurityException {
    KeyStore all = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    all.deleteEntry(AUTHORITY);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(all, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
