package dev.flagstream.udf.model;

import dev.flagstream.udf.model.store.StoreAddress;
import dev.flagstream.udf.model.store.StoreException;
import dev.flagstream.udf.model.store.StoreReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bundles of a store, copied into a folder of this machine. The store's {@code models.json}
 * names the versions in use, as {@code {"format": 1, "models": ["forest@41359579fd9e"]}}; each lies
 * in {@code forest/41359579fd9e/}, beside those that were in use before. A version that is here is
 * not copied again, and none is removed. Safe for use by several threads and servers at once.
 */
final class BundleStore {

  static final String INDEX = "models.json";

  private static final double FORMAT = 1;
  private static final int MAX_INDEX_BYTES = 1 << 20;
  private static final Pattern VERSION = Pattern.compile("([A-Za-z][\\w-]*)@([0-9a-f]{12})");

  private final StoreAddress address;
  private final StoreReader reader;
  private final Path cache;

  /**
   * A store.
   *
   * @param cache where copies are kept; made if it is not there
   */
  BundleStore(StoreAddress address, StoreReader reader, Path cache) {
    this.address = address;
    this.reader = reader;
    this.cache = cache;
  }

  /**
   * The directories of the bundles in use, copied if they were not here.
   *
   * @throws UnusableModelException naming the file and what does not hold
   * @throws IOException if the folder of the copies cannot be written
   */
  List<Path> bundles() throws IOException {
    List<Path> bundles = new ArrayList<>();
    for (String version : versions()) {
      Matcher parts = VERSION.matcher(version);
      if (!parts.matches()) {
        throw new UnusableModelException(
            address.shown(INDEX),
            "it names '%s', which is no version such as forest@41359579fd9e".formatted(version));
      }
      bundles.add(bundle(parts.group(1), parts.group(2)));
    }
    return bundles;
  }

  private Set<String> versions() {
    byte[] index = read(INDEX, MAX_INDEX_BYTES);
    try {
      JsonObject json = JsonObject.read(index);
      if (json.number("format") != FORMAT) {
        throw json.invalid("format", json.number("format") + " is not supported, only 1");
      }
      return new TreeSet<>(json.texts("models"));
    } catch (IllegalArgumentException e) {
      throw new UnusableModelException(address.shown(INDEX), e.getMessage(), e);
    }
  }

  private Path bundle(String name, String digits) throws IOException {
    Path directory = cache.resolve(digits).resolve(name);
    if (isWhole(directory, digits)) {
      return directory;
    }
    String place = name + "/" + digits + "/";
    String manifestFile = place + ModelBundle.MANIFEST;
    byte[] document = read(manifestFile, ModelBundle.MAX_MANIFEST_BYTES);
    if (!ModelBundle.sha256(document).startsWith(digits)) {
      throw new UnusableModelException(
          address.shown(manifestFile),
          "its SHA-256 is %s, its folder says %s; push the bundle anew"
              .formatted(ModelBundle.sha256(document), digits));
    }
    Manifest manifest = manifest(address.shown(manifestFile), document);
    String mojoFile = place + manifest.mojoFile();
    byte[] mojo = read(mojoFile, MojoFiles.MAX_UNPACKED_BYTES);
    if (!ModelBundle.sha256(mojo).equalsIgnoreCase(manifest.mojoSha256())) {
      throw new UnusableModelException(
          address.shown(mojoFile),
          "its SHA-256 is %s, the manifest says %s; push the bundle anew"
              .formatted(ModelBundle.sha256(mojo), manifest.mojoSha256()));
    }
    Files.createDirectories(directory);
    write(directory.resolve(manifest.mojoFile()), mojo);
    write(directory.resolve(ModelBundle.MANIFEST), document);
    return directory;
  }

  private byte[] read(String path, int longest) {
    try {
      return reader.read(path, longest);
    } catch (StoreException e) {
      throw new UnusableModelException(e.file(), e.getMessage(), e);
    }
  }

  private static Manifest manifest(String file, byte[] document) {
    try {
      return Manifest.read(document);
    } catch (IllegalArgumentException e) {
      throw new UnusableModelException(file, e.getMessage(), e);
    }
  }

  /** Whether a copy has all that it should; whoever read it must not have to ask for help. */
  private static boolean isWhole(Path directory, String digits) throws IOException {
    Path manifestFile = directory.resolve(ModelBundle.MANIFEST);
    if (!Files.isRegularFile(manifestFile)) {
      return false;
    }
    byte[] document = Files.readAllBytes(manifestFile);
    if (!ModelBundle.sha256(document).startsWith(digits)) {
      return false;
    }
    Manifest manifest = manifest(manifestFile.toString(), document);
    Path mojo = directory.resolve(manifest.mojoFile());
    return Files.isRegularFile(mojo)
        && ModelBundle.sha256(Files.readAllBytes(mojo)).equalsIgnoreCase(manifest.mojoSha256());
  }

  /** Other servers of this machine see a whole file or none. */
  private static void write(Path file, byte[] content) throws IOException {
    Path unfinished = Files.createTempFile(file.getParent(), ".", ".unfinished");
    try {
      Files.write(unfinished, content);
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
