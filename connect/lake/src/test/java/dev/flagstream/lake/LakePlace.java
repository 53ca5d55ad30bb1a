package dev.flagstream.lake;

import dev.flagstream.client.lake.FolderStore;
import dev.flagstream.client.lake.LakeStore;
import java.nio.file.Path;
import java.util.List;

/** Where the lakes of a test are, each by a name of its own. */
interface LakePlace {

  /** Opens one whose process lives on. */
  LakeStore open(String name);

  /** The same, whose process is killed at some change: before it, or before its answer. */
  LakeStore killed(String name, int changes, boolean unanswered);

  /** Folders below one. */
  static LakePlace folder(Path root) {
    return new LakePlace() {
      @Override
      public LakeStore open(String name) {
        return new FolderStore(root.resolve(name));
      }

      @Override
      public LakeStore killed(String name, int changes, boolean unanswered) {
        return new StoppedStore(open(name), changes, unanswered);
      }

      @Override
      public String toString() {
        return "folder";
      }
    };
  }

  /** Prefixes in a bucket. */
  static LakePlace bucket(S3StandIn store) {
    return new LakePlace() {
      @Override
      public LakeStore open(String name) {
        return S3Store.open(S3Location.parse(store.url(name)));
      }

      @Override
      public LakeStore killed(String name, int changes, boolean unanswered) {
        return S3Store.open(
            S3Location.parse(store.url(name)), List.of(new StoppedRequests(changes, unanswered)));
      }

      @Override
      public String toString() {
        return "bucket";
      }
    };
  }
}
