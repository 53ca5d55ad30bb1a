package dev.flagstream.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Files by name, {@code /} between the parts of a name: a folder, or a bucket of an object store.
 * Each method is atomic: after a kill at any moment it has happened or it has not, but for what
 * {@link #put} leaves of a file that nothing names yet. For several processes at once; an instance
 * for one thread.
 */
interface LakeStore extends AutoCloseable {

  /** A local file to write to, which {@link #put} takes over. */
  Path draft(String name) throws IOException;

  /** Stores a draft under its name, in place of a file that is there. */
  void put(String name, Path draft) throws IOException;

  /**
   * Stores a file unless there is one of that name, whoever else tries at the same moment.
   *
   * @return false if there is one
   */
  boolean create(String name, byte[] content) throws IOException;

  /** The content of a file that is there. */
  byte[] read(String name) throws IOException;

  /** The names of all files below a folder, in their order; none if there is no such folder. */
  List<String> list(String folder) throws IOException;

  /**
   * Moves a file; changes nothing if it has been moved before.
   *
   * @throws IOException if neither is there
   */
  void move(String from, String to) throws IOException;

  /** Removes a file, if there is one. */
  void delete(String name) throws IOException;

  /** Lets go of what it holds; whatever was stored stays. */
  @Override
  void close();
}
