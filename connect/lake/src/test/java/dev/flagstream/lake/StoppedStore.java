package dev.flagstream.lake;

import dev.flagstream.client.lake.LakeStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;

/**
 * A store that stops its process at a step that is chosen, as a kill would: after some number of
 * changes, or in the middle of the next one, whose answer the process never gets.
 */
final class StoppedStore implements LakeStore {

  private final LakeStore store;

  /** How many changes are still made. */
  private int left;

  /** Whether the one after them is made, too. */
  private final boolean unanswered;

  StoppedStore(LakeStore store, int changes, boolean unanswered) {
    this.store = store;
    this.left = changes;
    this.unanswered = unanswered;
  }

  /** The process is no more. */
  static final class Killed extends Error {

    private static final long serialVersionUID = 1L;
  }

  /** Part of a change. */
  private interface Change<T> {
    T make() throws IOException;
  }

  private <T> T change(Change<T> change) throws IOException {
    if (left < 0) {
      throw new Killed();
    }
    if (left == 0) {
      left = -1;
      if (unanswered) {
        change.make();
      }
      throw new Killed();
    }
    left--;
    return change.make();
  }

  @Override
  public String place() {
    return store.place();
  }

  @Override
  public void check() throws IOException {
    store.check();
  }

  @Override
  public Path fetch(Stored file, Path cache) throws IOException {
    return store.fetch(file, cache);
  }

  @Override
  public SortedSet<String> folders() throws IOException {
    return store.folders();
  }

  @Override
  public Path draft(String name) throws IOException {
    return store.draft(name);
  }

  @Override
  public void put(String name, Path draft) throws IOException {
    change(
        () -> {
          store.put(name, draft);
          return null;
        });
  }

  @Override
  public boolean create(String name, byte[] content) throws IOException {
    return change(() -> store.create(name, content));
  }

  @Override
  public byte[] read(String name) throws IOException {
    return store.read(name);
  }

  @Override
  public List<Stored> list(String folder, String after) throws IOException {
    return store.list(folder, after);
  }

  @Override
  public void move(String from, String to) throws IOException {
    change(
        () -> {
          store.move(from, to);
          return null;
        });
  }

  @Override
  public void delete(String name) throws IOException {
    change(
        () -> {
          store.delete(name);
          return null;
        });
  }

  @Override
  public void close() {
    store.close();
  }
}
