package dev.flagstream.udf;

import dev.flagstream.udf.FunctionSettings.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command of the shell that prints secret keys, within a bounded time. */
final class KeyCommand {

  /** Far more than keys take. */
  private static final int MOST_BYTES = 1 << 20;

  private final Setting command;
  private final Duration bound;

  KeyCommand(Setting command, Duration bound) {
    this.command = command;
    this.bound = bound;
  }

  /**
   * What the command prints. What it says of errors goes where the server's go.
   *
   * @throws IllegalArgumentException naming the property if the command cannot be run, has not
   *     ended and closed its output within the bound, or ends with another exit code than 0
   */
  String printed() {
    try {
      Process process =
          new ProcessBuilder("sh", "-c", command.value())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      return printed(process);
    } catch (IOException e) {
      throw command.invalid("cannot be run (" + e.getMessage() + ")");
    } catch (SecurityException e) {
      throw command.invalid("this server lets no function run commands. Use key.file");
    }
  }

  private String printed(Process process) throws IOException {
    // In a thread of its own: reading lasts for as long as the command prints, or keeps silent.
    InputStream output = process.getInputStream();
    FutureTask<byte[]> reading = new FutureTask<>(() -> output.readNBytes(MOST_BYTES));
    Thread reader = new Thread(reading, "flagstream-key-command");
    reader.setDaemon(true);
    reader.start();
    long endNanos = System.nanoTime() + bound.toNanos();
    try {
      byte[] bytes = reading.get(bound.toNanos(), TimeUnit.NANOSECONDS);
      if (!process.waitFor(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new TimeoutException();
      }
      if (process.exitValue() != 0) {
        throw command.invalid("ended with exit code " + process.exitValue());
      }
      return new String(bytes, StandardCharsets.US_ASCII);
    } catch (TimeoutException e) {
      throw command.invalid("has not ended after " + bound.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new IOException("its output cannot be read: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw command.invalid("was interrupted");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
