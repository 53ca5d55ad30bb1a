package dev.flagstream.client.lake;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/** A folder of this machine, or one that several machines mount. It must know hard links. */
public final class FolderStore implements LakeStore {

  private static final String UNFINISHED = ".unfinished";

  private final Path root;

  /**
   * A store.
   *
   * @param root need not be there yet
   */
  public FolderStore(Path root) {
    this.root = root;
  }

  @Override
  public String place() {
    return root.toString();
  }

  /** Of a folder there is nothing to find out before it is written. */
  @Override
  public void check() throws IOException {
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new IOException(
          "The lake's folder %s cannot be made: %s".formatted(root, e.getMessage()), e);
    }
  }

  @Override
  public Path draft(String name) throws IOException {
    return withFolder(root.resolve(name));
  }

  private static Path withFolder(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return file;
  }

  @Override
  public void put(String name, Path draft) throws IOException {
    force(draft);
  }

  /** What is acknowledged survives the machine, not only the process. */
  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** A hard link appears with all of its content, or not at all. */
  @Override
  public boolean create(String name, byte[] content) throws IOException {
    Path file = withFolder(root.resolve(name));
    Path whole = file.resolveSibling(UUID.randomUUID() + UNFINISHED);
    Files.write(whole, content, StandardOpenOption.CREATE_NEW);
    try {
      force(whole);
      Files.createLink(file, whole);
      return true;
    } catch (FileAlreadyExistsException e) {
      return Arrays.equals(Files.readAllBytes(file), content);
    } catch (UnsupportedOperationException e) {
      throw new IOException(
          "The file system of " + root + " knows no hard links, which a lake needs", e);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  @Override
  public byte[] read(String name) throws IOException {
    return Files.readAllBytes(root.resolve(name));
  }

  @Override
  public Path fetch(Stored file, Path cache) {
    return root.resolve(file.name());
  }

  @Override
  public SortedSet<String> folders() throws IOException {
    SortedSet<String> names = new TreeSet<>();
    if (Files.isDirectory(root)) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, Files::isDirectory)) {
        folders.forEach(each -> names.add(each.getFileName().toString()));
      }
    }
    return names;
  }

  /** What goes while it is listed is as if it had gone before. */
  @Override
  public List<Stored> list(String folder, String after) throws IOException {
    List<Stored> found = new ArrayList<>();
    Path start = root.resolve(folder);
    if (!Files.isDirectory(start)) {
      return found;
    }
    Files.walkFileTree(
        start,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
            String name = root.relativize(file).toString().replace('\\', '/');
            if (is.isRegularFile() && !name.endsWith(UNFINISHED) && name.compareTo(after) > 0) {
              found.add(new Stored(name, is.size(), version(is)));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e)
              throws IOException {
            return e == null ? FileVisitResult.CONTINUE : visitFileFailed(visited, e);
          }
        });
    found.sort(Comparator.comparing(Stored::name));
    return found;
  }

  private static String version(BasicFileAttributes is) {
    return is.size() + "-" + is.lastModifiedTime().toMillis();
  }

  @Override
  public void move(String from, String to) throws IOException {
    Path source = root.resolve(from);
    boolean moved = false;
    while (!moved) {
      Path target = withFolder(root.resolve(to));
      try {
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        moved = true;
      } catch (NoSuchFileException e) {
        // Or the folder is gone again, which somebody else has emptied.
        if (!Files.exists(source)) {
          removeIfEmpty(target.getParent());
          return;
        }
      }
    }
    removeIfEmpty(source.getParent());
  }

  @Override
  public void delete(String name) throws IOException {
    Path file = root.resolve(name);
    Files.deleteIfExists(file);
    removeIfEmpty(file.getParent());
  }

  private static void removeIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // Others are in it.
      return;
    }
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
