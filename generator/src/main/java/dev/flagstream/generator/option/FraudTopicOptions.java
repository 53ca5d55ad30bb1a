package dev.flagstream.generator.option;

import dev.flagstream.generator.producer.TransactionTopic;
import picocli.CommandLine.Option;

/** The options that say where the truth and the labels of frauds go. */
public final class FraudTopicOptions {

  @Option(
      names = "--labels-topic",
      paramLabel = "NAME",
      defaultValue = TransactionTopic.DEFAULT_LABELS_NAME,
      description =
          "Topic of the labels, created with 4 partitions if it is missing. Default:"
              + " ${DEFAULT-VALUE}.")
  private String labels;

  @Option(
      names = "--truth-topic",
      paramLabel = "NAME",
      defaultValue = TransactionTopic.DEFAULT_TRUTH_NAME,
      description =
          "Topic of the truth, for evaluation only, created likewise. Default: ${DEFAULT-VALUE}.")
  private String truth;

  /** Topic of the delayed labels. */
  public String labels() {
    return labels;
  }

  /** Where the scenario of each fraud goes, by transaction. */
  public String truth() {
    return truth;
  }
}
