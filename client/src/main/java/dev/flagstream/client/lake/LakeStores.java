package dev.flagstream.client.lake;

import java.net.URI;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** Opens lakes by their addresses. */
public final class LakeStores {

  private static final String FILE = "file://";
  private static final String BETWEEN = "://";

  private LakeStores() {}

  /** Whether an address is that of a folder of this machine. */
  public static boolean isFolder(String url) {
    return url.startsWith(FILE) || !url.contains(BETWEEN);
  }

  /**
   * Opens a lake, which asks nothing yet.
   *
   * @param url the path of a folder, or {@code s3://bucket/prefix}
   * @param providers has the {@link LakeStoreProvider} of what is no folder
   * @throws IllegalArgumentException saying what is wrong with the address, and what to give
   */
  public static LakeStore open(String url, ClassLoader providers) {
    if (isFolder(url)) {
      return new FolderStore(url.startsWith(FILE) ? Path.of(URI.create(url)) : Path.of(url));
    }
    String scheme = url.substring(0, url.indexOf(BETWEEN));
    for (LakeStoreProvider provider : ServiceLoader.load(LakeStoreProvider.class, providers)) {
      if (provider.scheme().equals(scheme)) {
        return provider.open(url);
      }
    }
    throw new IllegalArgumentException(
        "'%s' is no place of a lake: it must be the path of a folder, or s3://bucket/prefix"
            .formatted(url));
  }
}
