package dev.flagstream.benchmarks.store;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import dev.flagstream.client.commandline.CommandLines;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.Ports;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.store.Store;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.h2.mvstore.MVStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A store to be measured. Prints its address, then answers each line {@value #HEAP} with the MiB of
 * heap that are in use after a full collection; ends with its input.
 */
@Command(
    name = "store-process",
    mixinStandardHelpOptions = true,
    description = "A store to be measured; prints its address and ends with its input.")
final class StoreProcess implements Callable<Integer> {

  static final String HEAP = "heap";

  private static final String HOST = "127.0.0.1";
  private static final double BYTES_PER_MIB = 1 << 20;

  /** What to start. */
  enum Kind {
    /** The store of the local stack. */
    FLAGSTREAM {
      @Override
      AutoCloseable start(Path directory, int port) {
        return Store.start(new StackSettings(Path.of("."), directory, new Ports(1, 2, 3, port)));
      }
    },
    /**
     * What the local stack had before: mongo-java-server with its H2 backend, with the cache and
     * the write buffer that it was given then.
     */
    H2 {
      @Override
      AutoCloseable start(Path directory, int port) {
        MVStore file =
            new MVStore.Builder()
                .fileName(directory.resolve("store.mv").toString())
                .cacheSize(128)
                .autoCommitBufferSize(8 * 1024)
                .open();
        H2Backend backend = new H2Backend(file);
        backend.version(new Version7());
        MongoServer server = new MongoServer(backend);
        server.bind(HOST, port);
        return server::shutdownNow;
      }
    };

    abstract AutoCloseable start(Path directory, int port);
  }

  @Option(names = "--kind", required = true, description = "Which store: ${COMPLETION-CANDIDATES}.")
  private Kind kind;

  @Option(names = "--directory", required = true, description = "An empty folder for its files.")
  private Path directory;

  /** Serves, then ends this JVM. */
  public static void main(String[] args) {
    System.exit(CommandLines.of(new StoreProcess()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    int port = FreePorts.pickOne();
    AutoCloseable store = kind.start(directory, port);
    try (BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println("mongodb://" + HOST + ":" + port);
      while (questions.readLine() != null) {
        System.gc();
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        System.out.println(String.format(Locale.ROOT, "%.1f", used / BYTES_PER_MIB));
      }
    } finally {
      store.close();
    }
    return CommandLine.ExitCode.OK;
  }

  /** As the local stack introduces itself; drivers of today refuse an older one. */
  private static final class Version7 implements MongoVersion {

    @Override
    public List<Integer> getVersionArray() {
      return List.of(7, 0, 0, 0);
    }

    @Override
    public int getWireVersion() {
      return 21;
    }
  }
}
