package dev.flagstream.engine.conformance.transcripts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flagstream.engine.conformance.transcripts.Transcript.Answer;
import dev.flagstream.engine.conformance.transcripts.Transcript.Exchange;
import dev.flagstream.engine.conformance.transcripts.Transcript.Header;
import dev.flagstream.engine.conformance.transcripts.Transcript.InputRecords;
import dev.flagstream.engine.conformance.transcripts.Transcript.NotReplayable;
import dev.flagstream.engine.conformance.transcripts.Transcript.Protocol;
import dev.flagstream.engine.conformance.transcripts.Transcript.Request;
import dev.flagstream.engine.conformance.transcripts.Transcript.TopicContents;
import dev.flagstream.engine.conformance.transcripts.Transcript.TopicRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads folders of recorded files; what a file is, its name says. */
public final class TranscriptReader {

  private static final String NULL = "\\N";
  private static final String END_OF_BODY = "\n### ";
  private static final Pattern INPUT = Pattern.compile("\\w+-input-records(?:-(.+))?\\.txt");
  private static final Pattern TOPIC = Pattern.compile("\\w+-topic-(.+)\\.txt");
  private static final Pattern RECORD =
      Pattern.compile("p(\\d+) o\\d+ ts=(-?\\d+) key=(.*?) value=(.*)");
  private static final Pattern STATUS = Pattern.compile("HTTP/[\\d.]+ (\\d+).*");
  private static final Pattern CHUNKS = Pattern.compile("chunked: sizes \\[([\\d, ]*)]");
  private static final Pattern STAYED_OPEN = Pattern.compile("still open after (\\d+)s");
  private static final Pattern CURL_URL = Pattern.compile("https?://[^/ ]+(/\\S*)");
  private static final Pattern CURL_DATA = Pattern.compile(" (?:-d|--data|--data-binary) ");

  private TranscriptReader() {}

  /** All files of the folders, in the order of their names. */
  public static List<Transcript> read(List<Path> folders) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> entries = Files.list(folder)) {
        entries.filter(Files::isRegularFile).forEach(files::add);
      }
    }
    files.sort(Comparator.comparing(file -> file.getFileName().toString()));
    List<Transcript> transcripts = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (!name.endsWith(".md")) {
        transcripts.add(parse(name, Files.readString(file)));
      }
    }
    return transcripts;
  }

  static Transcript parse(String name, String text) {
    Matcher input = INPUT.matcher(name);
    Matcher topic = TOPIC.matcher(name);
    if (name.endsWith(".http")) {
      return http1(name, text);
    } else if (name.endsWith(".http2.txt")) {
      return http2(name, text);
    } else if (input.matches()) {
      return new InputRecords(name, Optional.ofNullable(input.group(1)), inputRecords(text));
    } else if (topic.matches()) {
      return new TopicContents(name, topic.group(1), topicRecords(text));
    }
    return new NotReplayable(name, "it records no request");
  }

  private static Exchange http1(String name, String text) {
    String[] halves = text.split("<<< RESPONSE\n", 2);
    String request = halves[0].substring(halves[0].indexOf('\n') + 1);
    return new Exchange(
        name,
        http1Request(request),
        halves.length == 2 ? Optional.of(http1Answer(halves[1])) : Optional.empty());
  }

  private static Request http1Request(String text) {
    String head = text.substring(0, endOfHead(text));
    String[] first = head.lines().findFirst().orElseThrow().split(" ", -1);
    List<Header> headers = headers(head);
    byte[] rest = text.substring(Math.min(text.length(), endOfHead(text) + 2)).getBytes(UTF_8);
    int length =
        headers.stream()
            .filter(header -> header.name().equalsIgnoreCase("content-length"))
            .mapToInt(header -> Integer.parseInt(header.value()))
            .findFirst()
            .orElse(0);
    String body = new String(Arrays.copyOf(rest, Math.min(length, rest.length)), UTF_8);
    return new Request(Protocol.HTTP_1_1, first[0], first[1], headers, body);
  }

  private static Answer http1Answer(String text) {
    String head = text.substring(0, endOfHead(text));
    String rest = text.substring(Math.min(text.length(), endOfHead(text) + 2));
    int end = rest.lastIndexOf(END_OF_BODY);
    String body = end < 0 ? rest : rest.substring(0, end);
    String trailer = end < 0 ? "" : rest.substring(end);
    Matcher status = STATUS.matcher(head.lines().findFirst().orElse(""));
    if (!status.matches()) {
      throw new IllegalArgumentException("No status line: " + head);
    }
    Matcher chunks = CHUNKS.matcher(trailer);
    Matcher open = STAYED_OPEN.matcher(trailer);
    return new Answer(
        Integer.parseInt(status.group(1)),
        headers(head),
        body,
        chunks.find() ? OptionalInt.of(chunks.group(1).split(",", -1).length) : OptionalInt.empty(),
        open.find() ? OptionalInt.of(Integer.parseInt(open.group(1))) : OptionalInt.empty());
  }

  private static int endOfHead(String text) {
    int end = text.indexOf("\n\n");
    return end < 0 ? text.length() : end;
  }

  private static List<Header> headers(String head) {
    return head.lines().skip(1).map(TranscriptReader::header).flatMap(Optional::stream).toList();
  }

  private static Optional<Header> header(String line) {
    int colon = line.indexOf(':');
    return colon <= 0
        ? Optional.empty()
        : Optional.of(
            new Header(line.substring(0, colon).trim(), line.substring(colon + 1).trim()));
  }

  /** What curl was called with, what it said of sending it, and what came back. */
  private static Exchange http2(String name, String text) {
    int endOfCall = text.indexOf("\n*");
    String call = text.substring(0, endOfCall < 0 ? text.length() : endOfCall).strip();
    Matcher url = CURL_URL.matcher(call);
    if (!url.find()) {
      throw new IllegalArgumentException("No URL in: " + call);
    }
    Matcher data = CURL_DATA.matcher(call);
    String body = data.find() ? call.substring(data.end()) : "";
    List<Header> sent =
        text.lines()
            .filter(line -> line.startsWith("> "))
            .map(line -> header(line.substring(2)))
            .flatMap(Optional::stream)
            .filter(
                header -> !header.name().toLowerCase(Locale.ROOT).matches("host|content-length"))
            .toList();
    // curl -d drops line ends, --data-binary keeps them: the recorded length tells.
    long length =
        text.lines()
            .filter(line -> line.startsWith("> content-length: "))
            .mapToLong(line -> Long.parseLong(line.substring("> content-length: ".length())))
            .findFirst()
            .orElse(0);
    if (body.getBytes(UTF_8).length + 1 == length) {
      body += "\n";
    }
    Request request =
        new Request(Protocol.HTTP_2, body.isEmpty() ? "GET" : "POST", url.group(1), sent, body);
    return new Exchange(name, request, http2Answer(text));
  }

  private static Optional<Answer> http2Answer(String text) {
    List<String> lines = text.lines().toList();
    int last = -1;
    int status = 0;
    List<Header> headers = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("< HTTP/2")) {
        status = Integer.parseInt(line.split(" ", -1)[2]);
        last = i;
      } else if (line.startsWith("< ") || line.equals("<")) {
        header(line.substring(1).trim()).ifPresent(headers::add);
        last = i;
      }
    }
    return last < 0
        ? Optional.empty()
        : Optional.of(
            new Answer(
                status,
                headers,
                String.join("\n", lines.subList(last + 1, lines.size())),
                OptionalInt.empty(),
                OptionalInt.empty()));
  }

  private static List<TopicRecord> inputRecords(String text) {
    return text.lines()
        .filter(line -> !line.isEmpty())
        .map(
            line -> {
              int tab = line.indexOf('\t');
              return new TopicRecord(
                  -1, -1, notNull(line.substring(0, tab)), notNull(line.substring(tab + 1)));
            })
        .toList();
  }

  private static String notNull(String text) {
    return text.equals(NULL) ? null : text;
  }

  private static List<TopicRecord> topicRecords(String text) {
    return text.lines()
        .map(RECORD::matcher)
        .filter(Matcher::matches)
        .map(
            record ->
                new TopicRecord(
                    Integer.parseInt(record.group(1)),
                    Long.parseLong(record.group(2)),
                    record.group(3).equals("null") ? null : record.group(3),
                    record.group(4).equals("null") ? null : record.group(4)))
        .toList();
  }
}
