package dev.flagstream.lake;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A folder of this machine, or one that several machines mount. It must know hard links. */
final class FolderStore implements LakeStore {

  private static final String UNFINISHED = ".unfinished";

  private final Path root;

  FolderStore(Path root) {
    this.root = root;
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
      return false;
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
  public List<String> list(String folder) throws IOException {
    Path start = root.resolve(folder);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> files =
        Files.find(start, Integer.MAX_VALUE, (file, is) -> is.isRegularFile())) {
      return files
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .filter(name -> !name.endsWith(UNFINISHED))
          .sorted()
          .toList();
    }
  }

  @Override
  public void move(String from, String to) throws IOException {
    Path target = withFolder(root.resolve(to));
    try {
      Files.move(root.resolve(from), target, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      if (!Files.exists(target)) {
        throw new IOException("Neither " + from + " nor " + to + " is in " + root, e);
      }
    }
    removeIfEmpty(root.resolve(from).getParent());
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
