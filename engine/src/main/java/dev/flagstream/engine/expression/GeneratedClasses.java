package dev.flagstream.engine.expression;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of classes that were generated and compiled before, each under the digest of its source:
 * a start whose queries are those of the start before needs no compiler. The system property
 * {@value #FOLDER} names the folder, {@value #KEEP} says whether what is not in it is added;
 * without the first nothing is kept. Who can write to the folder can run code in this process, as
 * with the jars. Thread-safe.
 */
final class GeneratedClasses {

  static final String FOLDER = "flagstream.generated.classes";
  static final String KEEP = "flagstream.generated.classes.keep";

  private static final Logger LOG = LoggerFactory.getLogger(GeneratedClasses.class);

  private final Optional<Path> folder;
  private final boolean keep;

  /**
   * A folder of classes.
   *
   * @param folder empty if nothing is kept
   * @param keep whether {@link #keep} writes
   */
  GeneratedClasses(Optional<Path> folder, boolean keep) {
    this.folder = folder;
    this.keep = keep;
  }

  /** Those that the system's properties name. */
  static GeneratedClasses ofThisProcess() {
    return new GeneratedClasses(
        Optional.ofNullable(System.getProperty(FOLDER)).map(Path::of), Boolean.getBoolean(KEEP));
  }

  /**
   * The class that was made of this source, in a class loader of its own; empty if none is kept.
   */
  Optional<Class<?>> find(String source) {
    return folder.map(found -> found.resolve(fileName(source))).flatMap(GeneratedClasses::load);
  }

  /**
   * Keeps what was compiled, if that is asked for; that it cannot be kept is only logged.
   *
   * @param compiled bytes by class name
   */
  void keep(String source, Map<String, byte[]> compiled) {
    if (folder.isEmpty() || !keep) {
      return;
    }
    Path file = folder.get().resolve(fileName(source));
    try {
      Files.createDirectories(folder.get());
      // Whoever reads it meanwhile sees all of it or nothing.
      Path part = Files.createTempFile(folder.get(), "part", null);
      write(part, compiled);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("Cannot keep the generated classes {}: {}", file, e.toString());
    }
  }

  private static void write(Path file, Map<String, byte[]> classes) throws IOException {
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeInt(classes.size());
      for (Map.Entry<String, byte[]> each : classes.entrySet()) {
        out.writeUTF(each.getKey());
        out.writeInt(each.getValue().length);
        out.write(each.getValue());
      }
    }
  }

  private static Map<String, byte[]> read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      Map<String, byte[]> classes = new HashMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        String name = in.readUTF();
        classes.put(name, in.readNBytes(in.readInt()));
      }
      return classes;
    }
  }

  private static Optional<Class<?>> load(Path file) {
    try {
      return Optional.of(new Kept(read(file)).loadClass(JavaGenerator.CLASS_NAME));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | ClassNotFoundException | LinkageError e) {
      LOG.warn("Cannot use the generated classes {}, compiling it again: {}", file, e.toString());
      return Optional.empty();
    }
  }

  private static String fileName(String source) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest) + ".classes";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** What was made of one source; the next has classes of the same names. */
  private static final class Kept extends ClassLoader {

    private final Map<String, byte[]> classes;

    Kept(Map<String, byte[]> classes) {
      super(GeneratedClasses.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
