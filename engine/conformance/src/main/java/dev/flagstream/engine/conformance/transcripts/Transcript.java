package dev.flagstream.engine.conformance.transcripts;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What one recorded file holds. */
public sealed interface Transcript {

  /** The name of the file, which also says when it comes. */
  String name();

  /**
   * A request and what was answered.
   *
   * @param answer empty if the file only makes ready what later files need
   */
  record Exchange(String name, Request request, Optional<Answer> answer) implements Transcript {}

  /** What a topic held. */
  record TopicContents(String name, String topic, List<TopicRecord> records)
      implements Transcript {}

  /**
   * Records to be written to a topic.
   *
   * @param topic empty if the file does not say: the topic whose contents are recorded to be these
   */
  record InputRecords(String name, Optional<String> topic, List<TopicRecord> records)
      implements Transcript {}

  /** A file that cannot be replayed. */
  record NotReplayable(String name, String reason) implements Transcript {}

  /** How a request was sent. */
  enum Protocol {
    HTTP_1_1,
    HTTP_2
  }

  /** One line of a request or an answer. */
  record Header(String name, String value) {}

  /**
   * A request.
   *
   * @param path with its query, if any
   * @param body empty if there is none
   */
  record Request(Protocol protocol, String method, String path, List<Header> headers, String body) {
    public Request {
      headers = List.copyOf(headers);
    }
  }

  /**
   * An answer.
   *
   * @param chunks in how many chunks the body came; empty if it was not chunked or is not known
   * @param openForSeconds how long the client read before it closed an answer that had no end;
   *     empty if the server ended it
   */
  record Answer(
      int status,
      List<Header> headers,
      String body,
      OptionalInt chunks,
      OptionalInt openForSeconds) {
    public Answer {
      headers = List.copyOf(headers);
    }

    Optional<String> header(String name) {
      return headers.stream()
          .filter(header -> header.name().equalsIgnoreCase(name))
          .map(Header::value)
          .findFirst();
    }
  }

  /**
   * A record of a topic.
   *
   * @param key text if it is printable, else {@code 0x} and hexadecimal digits; null if none
   * @param value likewise
   */
  record TopicRecord(int partition, long timestampMs, String key, String value) {}
}
