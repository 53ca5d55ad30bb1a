package dev.flagstream.training.h2o.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flagstream.client.commandline.CommandLines;
import dev.flagstream.training.h2o.task.TrainingTask;
import dev.flagstream.training.h2o.task.WorkerMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import water.H2OStarter;

/**
 * Reads tasks from standard input, a line of JSON each, and answers on standard output. Ends when
 * its input ends, so it never outlives the process that started it.
 */
@Command(
    name = "h2o-worker",
    mixinStandardHelpOptions = true,
    description = "Trains what the lines of standard input ask for.")
public final class H2oWorker implements Callable<Integer> {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  @Option(names = "--directory", required = true, description = "Folder for H2O's own files.")
  private Path directory;

  @Option(names = "--threads", required = true, description = "How many threads H2O may use.")
  private int threads;

  /** Works, then ends this JVM: H2O leaves threads behind that would not. */
  public static void main(String[] args) {
    System.exit(CommandLines.of(new H2oWorker()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    PrintStream answers = System.out;
    // H2O prints to standard output, which here belongs to the answers.
    System.setOut(System.err);
    H2OStarter.start(
        new String[] {
          "-disable_web",
          "-disable_net",
          "-allow_unsupported_java",
          "-ice_root",
          directory.toString(),
          "-nthreads",
          Integer.toString(threads),
          "-log_level",
          "WARN"
        },
        false);
    BufferedReader tasks =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = tasks.readLine(); line != null; line = tasks.readLine()) {
      WorkerMessage answer;
      try {
        answer =
            new H2oTraining(JSON.readValue(line, TrainingTask.class))
                .run(share -> say(answers, WorkerMessage.progress(share)));
      } catch (RuntimeException | IOException e) {
        e.printStackTrace();
        answer = WorkerMessage.failed(e.toString());
      }
      say(answers, answer);
    }
    return CommandLine.ExitCode.OK;
  }

  private static void say(PrintStream answers, WorkerMessage message) {
    try {
      answers.println(JSON.writeValueAsString(message));
      answers.flush();
    } catch (IOException e) {
      throw new IllegalStateException("A message that cannot be written: " + message, e);
    }
  }
}
