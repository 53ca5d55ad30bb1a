package dev.flagstream.local.stack;

import dev.flagstream.local.failure.ExitCodes;
import dev.flagstream.local.failure.Failure;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.PortCheck.Listener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Everything the stack keeps, held by one process at a time. */
public final class DataDirectory implements AutoCloseable {

  /**
   * How the data are kept. A part that changes how it keeps its own counts this up, and so do
   * scripts of {@code ksql/} that do not go on where those before them were; data of another layout
   * are refused, not misread.
   */
  static final int LAYOUT = 3;

  private static final String LAYOUT_FILE = "layout";

  /** The store of the first layout, which carried no version: this file identifies it. */
  private static final String STORE_OF_LAYOUT_1 = "mongo/store.mv";

  private static final String LOCK_SUFFIX = ".lock";
  private static final int KEY_BYTES = 32;

  /**
   * What may lie beside the data of the stack: the key and jars of the containers (make up), which
   * stay when the stack starts anew, and what a file system puts at its root.
   */
  private static final Set<String> NOT_OURS_BUT_ALLOWED = Set.of("cluster", "lost+found");

  /** What make deploy-udf puts there before the first start. */
  private static final String EXTENSIONS = "extensions";

  private final StackSettings settings;
  private final List<FileChannel> locks;

  private DataDirectory(StackSettings settings, List<FileChannel> locks) {
    this.settings = settings;
    this.locks = locks;
  }

  /** Creates the directory if need be and takes hold of the data of every part. */
  public static DataDirectory open(StackSettings settings) {
    return open(settings, EnumSet.allOf(Listener.class));
  }

  /**
   * As above, for the data of some parts.
   *
   * @throws StackException if another process holds any of them, the folder cannot be written, or
   *     it holds something else than data
   */
  public static DataDirectory open(StackSettings settings, Set<Listener> parts) {
    List<FileChannel> locks = new ArrayList<>();
    try {
      Files.createDirectories(settings.data());
      requireOurs(settings.data());
      for (Listener part : parts) {
        locks.add(lock(settings.data(), part));
      }
      return new DataDirectory(settings, locks);
    } catch (IOException e) {
      release(locks);
      throw unusable(settings.data(), e);
    } catch (StackException e) {
      release(locks);
      throw e;
    }
  }

  private static StackException unusable(Path data, IOException cause) {
    String sentence = "Cannot use the data folder " + data + ". ";
    return new StackException(
        ExitCodes.DATA,
        sentence
            + Failure.diskTrouble(cause)
                .orElse(reason(cause) + ". Give another folder with --data DIR."),
        cause);
  }

  /** A message that also names the kind of error: many exceptions of files give only the path. */
  private static String reason(IOException cause) {
    if (cause instanceof FileAlreadyExistsException) {
      return "It is a file, not a folder";
    }
    if (cause instanceof NoSuchFileException) {
      return "It cannot be made there";
    }
    return cause instanceof FileSystemException file && file.getReason() != null
        ? file.getReason()
        : cause.toString();
  }

  /**
   * Makes sure that the data are of the layout of this version, and says so in them.
   *
   * @throws StackException if they are not
   */
  public void requireLayout() {
    Path file = settings.data().resolve(LAYOUT_FILE);
    try {
      if (Files.exists(file)) {
        requireLayout(Files.readString(file).strip());
      } else if (Files.exists(settings.data().resolve(STORE_OF_LAYOUT_1))) {
        requireLayout("1");
      } else {
        writeWhole(file, LAYOUT + "\n");
      }
    } catch (IOException e) {
      throw unusable(settings.data(), e);
    }
  }

  /**
   * Starting anew would delete whatever is there: nobody's home folder becomes a data folder. The
   * layout is looked for last, as another part may begin at the same time, and writes it first.
   */
  private static void requireOurs(Path data) throws IOException {
    Optional<String> other =
        deletable(data).stream()
            .map(entry -> entry.getFileName().toString())
            .filter(name -> !name.equals(EXTENSIONS) && !name.startsWith(LAYOUT_FILE))
            .findFirst();
    if (other.isPresent()
        && !Files.exists(data.resolve(LAYOUT_FILE))
        && !Files.exists(data.resolve(STORE_OF_LAYOUT_1))) {
      throw new StackException(
          ExitCodes.DATA,
          ("The folder %s holds something else than data of Flagstream, such as %s. Nothing was"
                  + " changed there. Give an empty folder, or one that does not exist yet, with"
                  + " --data DIR.")
              .formatted(data, other.get()),
          null);
    }
  }

  /** All but the locks and what is not the stack's; what says that these are data comes last. */
  private static List<Path> deletable(Path data) throws IOException {
    try (Stream<Path> entries = Files.list(data)) {
      return entries
          .filter(entry -> !isLock(entry))
          .filter(entry -> !NOT_OURS_BUT_ALLOWED.contains(entry.getFileName().toString()))
          .sorted(Comparator.comparing(entry -> entry.endsWith(LAYOUT_FILE)))
          .toList();
    }
  }

  private static boolean isLock(Path entry) {
    String name = entry.getFileName().toString();
    return Arrays.stream(Listener.values()).anyMatch(part -> name.equals(lockFile(part)));
  }

  private static String lockFile(Listener part) {
    return part.name().toLowerCase(Locale.ROOT) + LOCK_SUFFIX;
  }

  /** Either all of it is there afterwards or nothing, whenever the process ends. */
  private static void writeWhole(Path file, String content, FileAttribute<?>... attributes)
      throws IOException {
    Path draft =
        file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(draft, attributes);
    Files.writeString(draft, content);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void requireLayout(String found) {
    if (!found.equals(Integer.toString(LAYOUT))) {
      throw new StackException(
          ExitCodes.DATA,
          ("The data in %s are of layout %s; this version of Flagstream keeps layout %d and leaves"
                  + " them as they are. Start anew with --fresh (make: FRESH=1), which deletes them,"
                  + " or give another folder with --data DIR.")
              .formatted(settings.data(), found, LAYOUT),
          null);
    }
  }

  /** Whether a process runs this part on these data, be it starting or stopping. */
  public static boolean isInUse(StackSettings settings, Listener part) {
    if (!Files.isDirectory(settings.data())) {
      return false;
    }
    try {
      lock(settings.data(), part).close();
      return false;
    } catch (StackException e) {
      return true;
    } catch (IOException e) {
      throw unusable(settings.data(), e);
    }
  }

  private static FileChannel lock(Path data, Listener part) throws IOException {
    Path file = data.resolve(lockFile(part));
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        channel.truncate(0);
        channel.write(
            ByteBuffer.wrap(
                Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process: the same answer as for another one.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new StackException(
        ExitCodes.DATA,
        ("The data folder %s is in use by another stack (process %s). Stop it, or give another"
                + " folder with --data DIR.")
            .formatted(data, Files.readString(file)),
        null);
  }

  /**
   * Finds out, without taking hold of anything, that no other stack runs on these data.
   *
   * @throws StackException if one does, naming its process, or if the folder holds something else
   *     than data
   */
  public static void requireUnused(StackSettings settings) {
    if (!Files.isDirectory(settings.data())) {
      return;
    }
    try {
      requireOurs(settings.data());
      for (Listener part : Listener.values()) {
        lock(settings.data(), part).close();
      }
    } catch (IOException e) {
      throw unusable(settings.data(), e);
    }
  }

  /**
   * Deletes the data, secrets and logs included; what belongs to the containers stays.
   *
   * @throws StackException if a file cannot be deleted
   */
  public void clear() {
    try {
      for (Path entry : deletable(settings.data())) {
        Files.walkFileTree(entry, new Deletion());
      }
    } catch (IOException e) {
      throw unusable(settings.data(), e);
    }
  }

  /** Makes the key of CARD_TOKEN, unless there is one: other keys would give other tokens. */
  public void ensureCardTokenKey() {
    Path file = settings.cardTokenKey();
    if (Files.exists(file)) {
      return;
    }
    writeSecret(file, HexFormat.of().formatHex(random()));
  }

  /**
   * Makes the secret that signs what the webhook is sent, in the form of standardwebhooks.com,
   * unless it is there or there is no webhook.
   */
  public void ensureWebhookSecret() {
    Path file = settings.webhookSecret();
    if (settings.webhook().isPresent() && !Files.exists(file)) {
      writeSecret(file, "whsec_" + Base64.getEncoder().encodeToString(random()));
    }
  }

  private static byte[] random() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  private void writeSecret(Path file, String secret) {
    try {
      Files.createDirectories(file.getParent());
      FileAttribute<Set<PosixFilePermission>> ownerOnly =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      writeWhole(file, secret + "\n", ownerOnly);
    } catch (IOException e) {
      throw unusable(settings.data(), e);
    }
  }

  @Override
  public void close() {
    release(locks);
  }

  private static void release(List<FileChannel> locks) {
    for (FileChannel lock : locks) {
      try {
        lock.close();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot let go of the data directory", e);
      }
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException problem)
        throws IOException {
      if (problem != null) {
        throw problem;
      }
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
