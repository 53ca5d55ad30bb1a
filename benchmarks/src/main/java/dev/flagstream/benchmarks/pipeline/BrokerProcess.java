package dev.flagstream.benchmarks.pipeline;

import dev.flagstream.benchmarks.AnsweringProcess;
import dev.flagstream.client.commandline.CommandLines;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A broker as a process of its own, so that its CPU can be told and each measurement has one that
 * is as fresh as the others'. Prints its address; answers {@value #IN} and {@value #OUT} with the
 * bytes of each topic since its start, {@code topic=bytes topic=bytes}; ends with its input.
 */
@Command(
    name = "broker-process",
    mixinStandardHelpOptions = true,
    description = "A broker to be measured; prints its address and ends with its input.")
final class BrokerProcess implements Callable<Integer> {

  /** What was written to the topics, as it is on their disk: compressed, with what batches add. */
  static final String IN = "in";

  /** What was read from the topics. */
  static final String OUT = "out";

  @Option(names = "--directory", required = true, description = "An empty folder for its log.")
  private Path directory;

  /** Serves, then ends this JVM. */
  public static void main(String[] args) {
    System.exit(CommandLines.of(new BrokerProcess()).execute(args));
  }

  /** A fresh one, whose log is in an empty folder; the caller closes it. */
  static AnsweringProcess start(Path directory, Path errors) {
    return AnsweringProcess.start(
        BrokerProcess.class, List.of("-Xmx1g"), List.of("--directory=" + directory), errors);
  }

  /**
   * Asks one.
   *
   * @param which {@link #IN} or {@link #OUT}
   * @return bytes by topic, without the broker's own topics and that of statements
   */
  static Map<String, Long> traffic(AnsweringProcess broker, String which) {
    String answer = broker.ask(which);
    Map<String, Long> traffic = new TreeMap<>();
    for (String each : answer.isEmpty() ? new String[0] : answer.split(" ", -1)) {
      int at = each.lastIndexOf('=');
      traffic.put(each.substring(0, at), Long.parseLong(each.substring(at + 1)));
    }
    return traffic;
  }

  @Override
  public Integer call() throws IOException, JMException {
    StackSettings settings = new StackSettings(Path.of("."), directory, FreePorts.pickForBroker());
    try (BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      Broker broker = Broker.start(settings);
      System.out.println(broker.bootstrapServers());
      for (String asked = questions.readLine(); asked != null; asked = questions.readLine()) {
        System.out.println(answer(asked.equals(IN) ? "BytesInPerSec" : "BytesOutPerSec"));
      }
      broker.close();
    }
    return CommandLine.ExitCode.OK;
  }

  private static String answer(String metric) throws JMException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    Map<String, Long> bytes = new TreeMap<>();
    for (ObjectName bean :
        beans.queryNames(
            new ObjectName("kafka.server:type=BrokerTopicMetrics,name=" + metric + ",topic=*"),
            null)) {
      bytes.put(bean.getKeyProperty("topic"), (Long) beans.getAttribute(bean, "Count"));
    }
    bytes.keySet().removeIf(topic -> topic.startsWith("__") || topic.endsWith("_command_topic"));
    return bytes.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(" "));
  }
}
