package dev.flagstream.report;

import static j2html.TagCreator.body;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.script;
import static j2html.TagCreator.style;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import j2html.TagCreator;
import j2html.tags.DomContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A report as one HTML file. Sections, texts, tables and figures stand in the order in which they
 * are added; every text is escaped. Not safe for use by several threads.
 */
public final class HtmlReport {

  private static final String CHARTS =
      "/META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NUMBER =
      Pattern.compile("[-+−±<>≥≤~ ]*[.]?[0-9][0-9,.]*[ %a-zµ/]{0,8}");

  private final String title;
  private final List<DomContent> contents = new ArrayList<>();
  private final ArrayNode options = JSON.createArrayNode();

  private HtmlReport(String title) {
    this.title = title;
    contents.add(h1(title));
  }

  /** An empty report. */
  public static HtmlReport titled(String title) {
    return new HtmlReport(title);
  }

  /** Adds a heading; what is added from here on stands below it. */
  public HtmlReport section(String heading) {
    contents.add(h2(heading));
    return this;
  }

  /** Adds a paragraph. */
  public HtmlReport text(String paragraph) {
    contents.add(p(paragraph));
    return this;
  }

  /** Adds a table. */
  public HtmlReport table(String captionText, Table table) {
    contents.add(
        div(TagCreator.table(
                caption(captionText),
                thead(tr(each(table.header(), name -> th(name)))),
                tbody(each(table.rows(), row -> tr(each(row, HtmlReport::cell))))))
            .withClass("table"));
    return this;
  }

  /** Adds a chart. */
  public HtmlReport figure(Figure chart) {
    contents.add(
        TagCreator.figure(
            div().withId("figure-" + options.size()).withStyle("height:" + chart.heightPx() + "px"),
            figcaption(chart.caption())));
    options.add(chart.option());
    return this;
  }

  /** Adds charts side by side, as far as the page is wide enough. */
  public HtmlReport figures(List<Figure> charts) {
    int begin = contents.size();
    charts.forEach(this::figure);
    List<DomContent> added = contents.subList(begin, contents.size());
    DomContent row = div().with(List.copyOf(added)).withClass("row");
    added.clear();
    contents.add(row);
    return this;
  }

  /** The whole page. */
  public String render() {
    return "<!DOCTYPE html>\n"
        + html(
                head(
                    meta().withCharset("utf-8"),
                    meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                    title(title),
                    style(rawHtml(resource("report.css")))),
                body(
                    main().with(contents),
                    script(rawHtml(resource(CHARTS))),
                    script(rawHtml("const options = " + inScript(options) + ";")),
                    script(rawHtml(resource("report.js")))))
            .withLang("en")
            .render();
  }

  /**
   * Writes the page, and the folder it lies in if that is missing.
   *
   * @throws UncheckedIOException naming the file if it cannot be written
   */
  public void write(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Files.writeString(file, render());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the report " + file, e);
    }
  }

  private static DomContent cell(String text) {
    return NUMBER.matcher(text).matches() ? td(text).withClass("number") : td(text);
  }

  /** JSON that cannot end the script it stands in, whatever texts it holds. */
  private static String inScript(ArrayNode json) {
    try {
      return JSON.writeValueAsString(json)
          .replace("<", "\\u003c")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can always be written", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
