package dev.flagstream.training.h2o.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flagstream.training.h2o.task.TrainingTask;
import dev.flagstream.training.h2o.task.WorkerMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import water.H2OStarter;

/**
 * Reads tasks from standard input, a line of JSON each, and answers on standard output. Ends when
 * its input ends, so it never outlives the process that started it.
 */
public final class H2oWorker {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private H2oWorker() {}

  /**
   * Works, then ends this JVM: H2O leaves threads behind that would not.
   *
   * @param args the folder for H2O's own files, and the number of threads
   */
  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    // H2O prints to standard output, which here belongs to the answers.
    System.setOut(System.err);
    H2OStarter.start(
        new String[] {
          "-disable_web",
          "-disable_net",
          "-allow_unsupported_java",
          "-ice_root",
          args[0],
          "-nthreads",
          args[1],
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
    System.exit(0);
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
