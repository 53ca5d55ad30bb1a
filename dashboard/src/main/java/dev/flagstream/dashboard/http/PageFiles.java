package dev.flagstream.dashboard.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The files of the page, from the class path, each read once; names of none are not remembered. A
 * browser asks each time whether its copy is still the right one, so that a new version is seen at
 * once. Thread-safe.
 */
public final class PageFiles {

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]+\\.(html|css|js|svg)");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");
  private static final int NOT_MODIFIED = 304;

  private final String folder;
  private final Map<String, String> elsewhere;
  private final Map<String, PageFile> read = new ConcurrentHashMap<>();

  private record PageFile(Buffer content, String type, String tag) {}

  /**
   * The files of a folder.
   *
   * @param folder on the class path, with a slash at its beginning and its end
   * @param elsewhere where files of other names come from: name to resource
   */
  public PageFiles(String folder, Map<String, String> elsewhere) {
    this.folder = folder;
    this.elsewhere = Map.copyOf(elsewhere);
  }

  /** Answers with the file that the path parameter {@code file} names. */
  public void named(RoutingContext request) {
    send(request, request.pathParam("file"));
  }

  /** A handler that always answers with one file. */
  public Handler<RoutingContext> always(String name) {
    return request -> send(request, name);
  }

  private void send(RoutingContext request, String name) {
    PageFile file = NAME.matcher(name).matches() ? read.computeIfAbsent(name, this::read) : null;
    if (file == null) {
      HttpAnswers.notFound(request);
      return;
    }
    HttpServerResponse response =
        request.response().putHeader("cache-control", "no-cache").putHeader("etag", file.tag());
    if (file.tag().equals(request.request().getHeader("if-none-match"))) {
      Future<Void> unused = response.setStatusCode(NOT_MODIFIED).end();
    } else {
      Future<Void> unused = response.putHeader("content-type", file.type()).end(file.content());
    }
  }

  /** How many files are kept in memory. */
  int kept() {
    return read.size();
  }

  /** Null if there is none of that name. */
  private PageFile read(String name) {
    String resource = elsewhere.getOrDefault(name, folder + name);
    try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        return null;
      }
      byte[] bytes = in.readAllBytes();
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      return new PageFile(
          Buffer.buffer(bytes),
          TYPES.get(name.substring(name.lastIndexOf('.') + 1)),
          "\"%x-%x\"".formatted(bytes.length, checksum.getValue()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
