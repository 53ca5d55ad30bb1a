package dev.flagstream.local.store;

import de.bwaldvogel.mongo.MongoVersion;
import dev.flagstream.local.component.Component;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.StackSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A document store which speaks MongoDB's wire protocol and keeps its data in files.
 *
 * <p>A connection is served by one thread of its own as long as there are no more than {@value
 * #WORKERS}, so that a long aggregation of one client does not hold up another.
 */
public final class Store implements Component {

  private static final int WORKERS = 32;

  private final WireListener listener;
  private boolean closed;

  private Store(WireListener listener) {
    this.listener = listener;
  }

  /**
   * Opens (or creates) the data files and starts to listen.
   *
   * @throws StackException if the files cannot be used
   */
  public static Store start(StackSettings settings) {
    Path directory = settings.data().resolve("mongo");
    refuseOlderFile(directory.resolve("store.mv"));
    RocksBackend backend = new RocksBackend(DocumentFiles.open(directory.resolve("documents")));
    backend.version(new Version7());
    return new Store(
        WireListener.listen(
            backend,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.ports().mongo()),
            WORKERS));
  }

  private static void refuseOlderFile(Path file) {
    if (Files.exists(file)) {
      throw new StackException(
          file
              + " was written by an earlier version, whose documents this one does not read. Start"
              + " anew with --fresh (make: FRESH=1), or move the file away: the sinks write the"
              + " documents again if their offsets are reset.");
    }
  }

  @Override
  public String name() {
    return "store";
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    listener.close();
  }

  /** The library introduces itself as 5.0 with wire version 8, which today's mongosh refuses. */
  private static final class Version7 implements MongoVersion {

    private static final int WIRE_VERSION = 21;

    @Override
    public List<Integer> getVersionArray() {
      return List.of(7, 0, 0, 0);
    }

    @Override
    public String toVersionString() {
      return "7.0.0";
    }

    @Override
    public int getWireVersion() {
      return WIRE_VERSION;
    }
  }
}
