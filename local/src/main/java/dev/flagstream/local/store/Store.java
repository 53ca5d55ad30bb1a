package dev.flagstream.local.store;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.Component;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.h2.mvstore.MVStore;

/** A document store which speaks MongoDB's wire protocol and keeps its data in one file. */
public final class Store implements Component {

  /** The library's own default of 16 MB makes every scan read the file again. */
  private static final int CACHE_MB = 128;

  private static final int WRITE_BUFFER_KB = 8 * 1024;

  private final MongoServer server;
  private boolean closed;

  private Store(MongoServer server) {
    this.server = server;
  }

  /** Opens (or creates) the data file and starts to listen. */
  public static Store start(StackSettings settings) {
    var file = settings.data().resolve("mongo/store.mv");
    createDirectory(file.getParent());
    var mvStore =
        new MVStore.Builder()
            .fileName(file.toString())
            .cacheSize(CACHE_MB)
            .autoCommitBufferSize(WRITE_BUFFER_KB)
            .open();
    var backend = new H2Backend(mvStore);
    backend.version(new Version7());
    var server = new MongoServer(backend);
    try {
      server.bind(Environment.LOOPBACK, settings.ports().mongo());
    } catch (RuntimeException e) {
      // Its threads would keep the process alive for ever.
      server.shutdownNow();
      throw e;
    }
    return new Store(server);
  }

  private static void createDirectory(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create the store's directory " + directory, e);
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
    server.shutdownNow();
  }

  /** The library introduces itself as 5.0 with wire version 8, which today's mongosh refuses. */
  private static final class Version7 implements MongoVersion {

    private static final int WIRE_VERSION = 21;

    @Override
    public List<Integer> getVersionArray() {
      return List.of(7, 0, 0, 0);
    }

    @Override
    public int getWireVersion() {
      return WIRE_VERSION;
    }
  }
}
