package dev.flagstream.local.store;

import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.Ports;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A store in a JVM of its own, which can be killed. */
final class KilledStore implements AutoCloseable {

  private final Process process;

  private KilledStore(Process process) {
    this.process = process;
  }

  /** Starts one and returns when it answers. */
  static KilledStore start(Path data, Ports ports, Path errors) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(KilledStore.class.getName(), data.toString(), Integer.toString(ports.mongo())));
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    if (process.getInputStream().read() < 0) {
      throw new IllegalStateException("The store did not start; see " + errors);
    }
    return new KilledStore(process);
  }

  /** As {@code kill -9} does: nothing of the process is asked to finish. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /**
   * Limits the size of the files that it writes, as a full disk does.
   *
   * @param bytes a number, or "unlimited"
   */
  void limitFiles(String bytes) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder(
                "prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":")
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new IllegalStateException("prlimit failed with " + code);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /**
   * Runs until it is killed or its parent is gone; the arguments are the data directory and the
   * port.
   */
  public static void main(String[] args) throws IOException {
    Ports ports = new Ports(1, 2, 3, Integer.parseInt(args[1]));
    Store store = Store.start(new StackSettings(Path.of(".."), Path.of(args[0]), ports));
    System.out.println("The store listens on " + Environment.LOOPBACK + ":" + args[1]);
    System.in.transferTo(System.out);
    store.close();
  }
}
