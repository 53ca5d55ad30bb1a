package dev.flagstream.dashboard;

import com.mongodb.client.MongoDatabase;
import dev.flagstream.dashboard.cases.CaseCsv;
import dev.flagstream.dashboard.cases.CaseFilter;
import dev.flagstream.dashboard.cases.CaseOrder;
import dev.flagstream.dashboard.cases.Cases;
import dev.flagstream.dashboard.cases.TransactionStory;
import dev.flagstream.dashboard.http.EventStream;
import dev.flagstream.dashboard.http.HttpAnswers;
import dev.flagstream.dashboard.http.PageFiles;
import dev.flagstream.dashboard.http.Safety;
import dev.flagstream.dashboard.http.StreamedBody;
import dev.flagstream.dashboard.http.UnusableRequestException;
import dev.flagstream.dashboard.live.LiveFeed;
import dev.flagstream.dashboard.quality.DriftSpan;
import dev.flagstream.dashboard.quality.QualityReport;
import dev.flagstream.dashboard.verdict.Verdicts;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which path is answered by what. */
final class Routes {

  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  private static final long MOST_BODY_BYTES = 1_000;

  private static final PageFiles FILES =
      new PageFiles(
          "/dev/flagstream/dashboard/web/",
          Map.of("echarts.js", "/META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js"));

  private final LiveFeed feed;
  private final Cases cases;
  private final TransactionStory stories;
  private final QualityReport quality;
  private final Verdicts verdicts;

  Routes(MongoDatabase database, LiveFeed feed, QualityReport quality, Verdicts verdicts) {
    this.feed = feed;
    this.quality = quality;
    this.verdicts = verdicts;
    this.cases = new Cases(database);
    this.stories = new TransactionStory(database);
  }

  Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    router.route().handler(Safety::check);
    router.get("/").handler(FILES.always("index.html"));
    router.get("/cases").handler(FILES.always("index.html"));
    router.get("/transactions/:id").handler(FILES.always("index.html"));
    router.get("/quality").handler(FILES.always("index.html"));
    router.get("/files/:file").handler(FILES::named);

    router.get("/api/live").handler(this::live);
    router.get("/api/cases").handler(this::page);
    router.get("/api/cases/newer").handler(this::newer);
    router
        .get("/api/cases/choices")
        .handler(request -> HttpAnswers.compute(request, cases::choices));
    router.get("/api/cases.csv").handler(this::csv);
    router.get("/api/transactions/:id").handler(request -> transaction(request, this::story));
    router
        .post("/api/transactions/:id/verdict")
        .handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES))
        .handler(this::verdict);
    router.get("/api/quality").handler(this::quality);
    router
        .get("/api/transactions/:id/record")
        .handler(request -> transaction(request, stories::record));
    router.route().handler(HttpAnswers::notFound);
    router.route().failureHandler(request -> HttpAnswers.error(request, request.failure()));
    return router;
  }

  private void live(RoutingContext request) {
    EventStream stream = new EventStream(request.vertx().getOrCreateContext(), request.response());
    // Not on the event loop: it may have to wait for others who are being added.
    request
        .vertx()
        .executeBlocking(
            () -> {
              feed.add(stream);
              return null;
            })
        .onFailure(problem -> LOG.error("A live page gets no events", problem));
  }

  private Map<String, Object> story(String id) {
    Map<String, Object> story = stories.of(id);
    if (story != null) {
      story.put("verdict", verdicts.find(id));
      story.put("analyst", verdicts.analyst().orElse(null));
    }
    return story;
  }

  private void verdict(RoutingContext request) {
    // A page of another server cannot send this type without asking first, and is not answered.
    if (!"application/json".equals(request.request().getHeader("content-type"))) {
      throw new UnusableRequestException("A verdict is JSON: send it as application/json.");
    }
    String text;
    try {
      text = request.body().asJsonObject().getString("verdict");
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      throw new UnusableRequestException(
          "A verdict looks like {\"verdict\": \"fraud\"}; this does not.");
    }
    transaction(request, id -> verdicts.give(id, text));
  }

  /** What is asked of the transaction whose id the path has. */
  private static void transaction(RoutingContext request, Function<String, ?> question) {
    String id = request.pathParam("id");
    HttpAnswers.compute(
        request, () -> question.apply(id), "There is no transaction with the id " + id);
  }

  private void page(RoutingContext request) {
    Map<String, String> parameters = filtersOf(request, "order", "behind");
    HttpAnswers.compute(
        request,
        () ->
            cases.page(
                CaseFilter.of(parameters),
                CaseOrder.of(parameters.get("order")),
                Optional.ofNullable(parameters.get("behind")).filter(text -> !text.isBlank())));
  }

  private void quality(RoutingContext request) {
    String span = parameters(request, Set.of("drift")).get("drift");
    HttpAnswers.compute(request, () -> quality.get(DriftSpan.of(span)));
  }

  private void newer(RoutingContext request) {
    Map<String, String> parameters = filtersOf(request, "than");
    HttpAnswers.compute(
        request, () -> cases.newer(CaseFilter.of(parameters), parameters.getOrDefault("than", "")));
  }

  private void csv(RoutingContext request) {
    CaseFilter filter = CaseFilter.of(filtersOf(request));
    request
        .response()
        .putHeader("content-type", "text/csv; charset=utf-8")
        .putHeader("content-disposition", "attachment; filename=\"flagged-transactions.csv\"")
        .putHeader("cache-control", "no-store");
    StreamedBody body = new StreamedBody(request.vertx().getOrCreateContext(), request.response());
    // A thread of its own, since a slow reader would keep one of the few that answer pages.
    Thread writer =
        new Thread(
            () -> {
              try {
                CaseCsv.write(cases, filter, body);
              } catch (
                  Exception e) { // whatever it is, the reader must not take a part for the whole
                LOG.warn("A CSV file was broken off", e);
                body.breakOff();
              }
            },
            "csv");
    writer.setDaemon(true);
    writer.start();
  }

  private static Map<String, String> filtersOf(RoutingContext request, String... others) {
    Set<String> known = new TreeSet<>(CaseFilter.NAMES);
    Collections.addAll(known, others);
    return parameters(request, known);
  }

  /** A misspelt filter would answer with everything, as if it had been asked for that. */
  private static Map<String, String> parameters(RoutingContext request, Set<String> known) {
    Map<String, String> parameters = new HashMap<>();
    for (Map.Entry<String, String> each : request.queryParams()) {
      String name = each.getKey();
      if (!known.contains(name)) {
        throw new UnusableRequestException(
            "%s is not known here; known are: %s.".formatted(name, String.join(", ", known)));
      }
      if (parameters.put(name, each.getValue()) != null) {
        throw new UnusableRequestException(name + " is given twice; give it once.");
      }
    }
    return parameters;
  }
}
