package dev.flagstream.training.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A folder of bundles, {@code <folder>/<name>/manifest.json}, {@code model.zip} and {@code
 * histograms.json}.
 */
public final class BundleFolder {

  /** The file of the model in a bundle. */
  public static final String MOJO = "model.zip";

  private static final String HISTOGRAMS = "histograms.json";
  private static final String MANIFEST = "manifest.json";
  private static final int VERSION_DIGITS = 12;
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final ObjectWriter WRITER =
      JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private final Path folder;

  /** The bundles of a folder, which need not exist yet. */
  public BundleFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * A bundle as it lies there.
   *
   * @param manifest what it says
   * @param version the first hexadecimal digits of the SHA-256 of the manifest's bytes
   */
  public record Installed(BundleManifest manifest, String version) {

    /** The version as decisions carry it. */
    public String nameAndVersion() {
      return manifest.name() + "@" + version;
    }
  }

  /**
   * Reads a bundle's manifest; empty if there is no such bundle.
   *
   * @throws IOException naming the file if it cannot be read
   */
  public Optional<Installed> read(String name) throws IOException {
    Path file = folder.resolve(name).resolve(MANIFEST);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    byte[] bytes = Files.readAllBytes(file);
    try {
      return Optional.of(
          new Installed(JSON.readValue(bytes, BundleManifest.class), versionOf(bytes)));
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not a manifest: " + e.getOriginalMessage(), e);
    }
  }

  /** What a manifest says of histograms that are written with it. */
  public static BundleManifest.Histograms describe(FeatureHistograms histograms) {
    return new BundleManifest.Histograms(
        HISTOGRAMS, HexFormat.of().formatHex(sha256().digest(bytes(histograms))));
  }

  /**
   * Writes a bundle in place of the one of that name: first the model and the histograms, last the
   * manifest, whose checksums show that they belong together. A bundle that says the same but for
   * the time of the training stays as it is, and keeps its version.
   *
   * @param mojo the zip; moved
   * @param histograms those that the manifest {@linkplain #describe describes}
   * @throws IllegalArgumentException if the manifest describes others
   */
  public Installed write(BundleManifest manifest, Path mojo, FeatureHistograms histograms)
      throws IOException {
    if (!describe(histograms).equals(manifest.histograms())) {
      throw new IllegalArgumentException("The manifest describes other histograms");
    }
    Optional<Installed> before = read(manifest.name());
    Path bundle = Files.createDirectories(folder.resolve(manifest.name()));
    Files.write(bundle.resolve(HISTOGRAMS), bytes(histograms));
    if (before.isPresent() && before.get().manifest().equals(manifest.trainedAt(before.get()))) {
      putInPlaceUnlessThere(mojo, manifest);
      return before.get();
    }
    byte[] bytes =
        WRITER.writeValueAsString(manifest).concat("\n").getBytes(StandardCharsets.UTF_8);
    Path written = bundle.resolve(MANIFEST + ".new");
    Files.write(written, bytes);
    Files.move(mojo, bundle.resolve(MOJO), StandardCopyOption.REPLACE_EXISTING);
    Files.move(written, bundle.resolve(MANIFEST), StandardCopyOption.REPLACE_EXISTING);
    return new Installed(manifest, versionOf(bytes));
  }

  /** A bundle whose manifest is as it should be may still have lost its model. */
  private void putInPlaceUnlessThere(Path mojo, BundleManifest manifest) throws IOException {
    Path there = folder.resolve(manifest.name()).resolve(MOJO);
    if (Files.exists(there) && sha256(there).equals(manifest.mojo().sha256())) {
      Files.delete(mojo);
    } else {
      Files.move(mojo, there, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The SHA-256 of a file in hexadecimal. */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] bytes(FeatureHistograms histograms) {
    try {
      return WRITER.writeValueAsString(histograms).concat("\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Histograms are plain numbers", e);
    }
  }

  private static String versionOf(byte[] manifest) {
    return HexFormat.of().formatHex(sha256().digest(manifest)).substring(0, VERSION_DIGITS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
