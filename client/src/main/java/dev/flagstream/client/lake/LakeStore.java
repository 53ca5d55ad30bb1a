package dev.flagstream.client.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;

/**
 * Files by name, {@code /} between the parts of a name: a folder, or a bucket of an object store.
 * Each method is atomic: after a kill at any moment it has happened or it has not, but for what
 * {@link #put} leaves of a file that nothing names yet, and for {@link #move}. For several
 * processes at once; an instance for one thread.
 *
 * <p>Each method fails with {@link StoreAwayException} if the place does not answer for now, and
 * with another IOException, which says what to do, if it refuses.
 */
public interface LakeStore extends AutoCloseable {

  /**
   * A file that is there.
   *
   * @param name with the folders that it is in
   * @param bytes its size
   * @param version changes when its content does; made of letters, digits and {@code -}
   */
  record Stored(String name, long bytes, String version) {}

  /** Where it is, for people. */
  String place();

  /**
   * Finds out whether it can be used: it is there, lets one write, and {@link #create} means what
   * it says.
   */
  void check() throws IOException;

  /** A local file to write to, which {@link #put} takes over. */
  Path draft(String name) throws IOException;

  /** Stores a draft under its name, in place of a file that is there. */
  void put(String name, Path draft) throws IOException;

  /**
   * Stores a file unless there is one of that name, whoever else tries at the same moment.
   *
   * @return false if there is one with another content
   */
  boolean create(String name, byte[] content) throws IOException;

  /** The content of a file that is there. */
  byte[] read(String name) throws IOException;

  /**
   * A file that is there as one of this machine, not to be changed.
   *
   * @param cache where to put it if it is elsewhere, under a name with its folders and its version;
   *     if it is there, it is not fetched again
   */
  Path fetch(Stored file, Path cache) throws IOException;

  /** The names of the topmost folders. */
  SortedSet<String> folders() throws IOException;

  /**
   * All files below a folder, in the order of their names; none if there is no such folder.
   *
   * @param folder ends in {@code /}
   * @param after only those whose names come after this one
   */
  List<Stored> list(String folder, String after) throws IOException;

  /** All files below a folder, which ends in {@code /}, in the order of their names. */
  default List<Stored> list(String folder) throws IOException {
    return list(folder, "");
  }

  /**
   * Moves a file, in place of one that is there; changes nothing if there is none of the first
   * name, as it has been moved before. A kill may leave the file under both names, and moving it
   * again completes that.
   */
  void move(String from, String to) throws IOException;

  /** Removes a file, if there is one. */
  void delete(String name) throws IOException;

  /** Lets go of what it holds; whatever was stored stays. */
  @Override
  void close();
}
