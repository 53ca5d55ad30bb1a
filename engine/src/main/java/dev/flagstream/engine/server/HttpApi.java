package dev.flagstream.engine.server;

import static dev.flagstream.engine.server.MediaTypes.DELIMITED;
import static dev.flagstream.engine.server.MediaTypes.JSON;
import static dev.flagstream.engine.server.MediaTypes.KSQL_V1_JSON;
import static dev.flagstream.engine.server.MediaTypes.PROTOBUF;

import dev.flagstream.engine.statement.StatementExecutor;
import dev.flagstream.engine.statement.command.CommandId;
import dev.flagstream.engine.statement.entity.CommandStatus;
import dev.flagstream.engine.statement.entity.EntityJson;
import dev.flagstream.engine.statement.request.RequestException;
import dev.flagstream.engine.statement.request.RequestException.Code;
import dev.flagstream.engine.statement.request.StatementRequest;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * ksqlDB's REST API: which path and method asks what of the engine.
 *
 * <p>What bounds the work of a request: a body has 10 MiB at most and comes within the time that
 * {@link Connections} gives; Vert.x bounds its head (4 KiB for the first line, 8 KiB for headers);
 * Jackson how deep its JSON is nested and how many digits a number has; and the parser its
 * statements.
 */
final class HttpApi {

  private static final long MAX_BODY_BYTES = 10L * 1024 * 1024;
  private static final String BODY_AWAITED = "flagstream.body.awaited";
  private static final List<String> STATEMENT_TYPES = List.of(KSQL_V1_JSON, JSON);
  private static final List<String> QUERY_TYPES = List.of(KSQL_V1_JSON, JSON, DELIMITED);
  private static final List<String> QUERY_STREAM_TYPES =
      List.of(DELIMITED, KSQL_V1_JSON, JSON, PROTOBUF);

  private final StatementExecutor statements;
  private final ServerInfo info;
  private final WorkerExecutor workers;
  private final QueryStreams queries;
  private final InsertsStream inserts;
  private final boolean heartbeats;
  private final Access access;
  private final Connections connections;

  HttpApi(
      StatementExecutor statements,
      ServerInfo info,
      WorkerExecutor workers,
      QueryStreams queries,
      InsertsStream inserts,
      boolean heartbeats,
      Access access,
      Connections connections) {
    this.statements = statements;
    this.info = info;
    this.workers = workers;
    this.queries = queries;
    this.inserts = inserts;
    this.heartbeats = heartbeats;
    this.access = access;
    this.connections = connections;
  }

  Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    router.get("/").handler(HttpApi::redirectToInfo);
    router.get("/info").handler(request -> answer(request, info.info()));
    router.get("/v1/metadata").handler(request -> answer(request, info.metadata()));
    router.get("/v1/metadata/id").handler(request -> answer(request, info.metadataId()));
    router.get("/healthcheck").handler(request -> compute(request, info::health));
    router.get("/status").handler(this::allStatuses);
    router.get("/status/:type/:entity/:action").handler(this::status);
    router.get("/is_valid_property/:property").handler(this::isValidProperty);
    router.get("/clusterStatus").handler(this::clusterStatus);

    router.post("/inserts-stream").handler(this::insert);
    router.post().handler(HttpApi::takeNoForms);
    router.post().handler(this::awaitBody);
    router.post().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
    router.post().handler(HttpApi::bodyIsThere);
    router.post("/heartbeat").handler(this::heartbeat);
    router.post("/ksql").handler(this::execute);
    router.post("/ksql/terminate").handler(this::terminate);
    router.post("/query").handler(this::query);
    router.post("/query-stream").handler(this::queryStream);
    router.post("/close-query").handler(this::closeQuery);
    router.route().handler(request -> Answers.notFound(request.response()));
    router.route().failureHandler(HttpApi::failure);
    return router;
  }

  /**
   * curl calls every body a form unless it is told otherwise, and a statement with a {@code %} in
   * it cannot be read as one.
   */
  private static void takeNoForms(RoutingContext request) {
    String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type != null && type.startsWith(HttpHeaders.APPLICATION_X_WWW_FORM_URLENCODED.toString())) {
      request.request().headers().remove(HttpHeaders.CONTENT_TYPE);
    }
    request.next();
  }

  private void awaitBody(RoutingContext request) {
    request.put(BODY_AWAITED, connections.awaitBody(request.request()));
    request.next();
  }

  private static void bodyIsThere(RoutingContext request) {
    request.<Runnable>remove(BODY_AWAITED).run();
    request.next();
  }

  private static void redirectToInfo(RoutingContext request) {
    request.response().setStatusCode(307).putHeader("location", "/info").end();
  }

  private static void answer(RoutingContext request, Object body) {
    Answers.json(request.response(), 200, EntityJson.write(body));
  }

  private void compute(RoutingContext request, Callable<Object> body) {
    workers
        .executeBlocking(body, false)
        .onSuccess(result -> answer(request, result))
        .onFailure(failure -> Answers.error(request.response(), failure));
  }

  private void clusterStatus(RoutingContext request) {
    if (heartbeats) {
      compute(request, statements::clusterStatus);
    } else {
      Answers.emptyNotFound(request.response());
    }
  }

  /**
   * Other servers would tell here that they are alive. There are none, so what is told is checked
   * and forgotten.
   */
  private void heartbeat(RoutingContext request) {
    if (!heartbeats) {
      Answers.emptyNotFound(request.response());
      return;
    }
    try {
      RequestBodies.checkHeartbeat(request.body().buffer());
      answer(request, Map.of("isOk", true));
    } catch (RequestException e) {
      Answers.unreadable(request.response(), e);
    }
  }

  private void allStatuses(RoutingContext request) {
    Map<String, CommandStatus.Status> byId = new LinkedHashMap<>();
    statements.statuses().forEach((id, status) -> byId.put(id, status.status()));
    answer(request, Map.of("commandStatuses", byId));
  }

  private void status(RoutingContext request) {
    CommandId id =
        new CommandId(
            request.pathParam("type"), request.pathParam("entity"), request.pathParam("action"));
    statements
        .status(id)
        .ifPresentOrElse(
            status -> answer(request, status),
            () ->
                Answers.error(
                    request.response(),
                    RequestException.generic(Code.NOT_FOUND, "Command not found")));
  }

  private void isValidProperty(RoutingContext request) {
    try {
      statements.validateProperty(request.pathParam("property"));
      answer(request, true);
    } catch (RequestException e) {
      Answers.error(request.response(), e);
    }
  }

  private void insert(RoutingContext request) {
    if (access.mayWrite(request.request())) {
      inserts.handle(request);
    } else {
      Answers.error(
          request.response(),
          RequestException.generic(
              Code.FORBIDDEN, "This user may read and not write, so that it may insert no rows."));
    }
  }

  /** Ends the service, which no statement can. */
  private void terminate(RoutingContext request) {
    if (!access.mayWrite(request.request())) {
      Answers.error(
          request.response(),
          RequestException.generic(
              Code.FORBIDDEN, "This user may read and not write, so that it may end nothing."));
      return;
    }
    List<String> topics;
    try {
      topics = RequestBodies.topicsToDelete(request.body().buffer());
    } catch (RequestException e) {
      Answers.unreadable(request.response(), e);
      return;
    }
    workers
        .executeBlocking(() -> EntityJson.write(statements.end(topics)), false)
        .onSuccess(json -> Answers.json(request.response(), 200, json))
        .onFailure(failure -> Answers.error(request.response(), failure));
  }

  private void execute(RoutingContext request) {
    if (ContentNegotiation.choose(request, STATEMENT_TYPES).isEmpty()) {
      Answers.notFound(request.response());
      return;
    }
    StatementRequest body;
    try {
      body = RequestBodies.statements(request.body().buffer());
    } catch (RequestException e) {
      Answers.unreadable(request.response(), e);
      return;
    }
    boolean mayWrite = access.mayWrite(request.request());
    workers
        .executeBlocking(
            () ->
                EntityJson.write(mayWrite ? statements.execute(body) : statements.answerOnly(body)),
            false)
        .onSuccess(json -> Answers.json(request.response(), 200, json))
        .onFailure(failure -> Answers.error(request.response(), failure));
  }

  private void query(RoutingContext request) {
    ContentNegotiation.choose(request, QUERY_TYPES)
        // This endpoint knows no bare JSON arrays: a request for JSON gets objects.
        .map(type -> type.equals(JSON) ? KSQL_V1_JSON : type)
        .ifPresentOrElse(
            type -> stream(request, type, true), () -> Answers.notFound(request.response()));
  }

  private void queryStream(RoutingContext request) {
    ContentNegotiation.choose(request, QUERY_STREAM_TYPES)
        .ifPresentOrElse(
            type -> stream(request, type, false), () -> Answers.notFound(request.response()));
  }

  private void stream(RoutingContext request, String mediaType, boolean ksqlBody) {
    StatementRequest body;
    try {
      Buffer buffer = request.body().buffer();
      body = ksqlBody ? RequestBodies.statements(buffer) : RequestBodies.query(buffer);
    } catch (RequestException e) {
      Answers.chunkedError(request.response(), e);
      return;
    }
    queries.start(request.response(), mediaType, body);
  }

  private void closeQuery(RoutingContext request) {
    try {
      queries.close(RequestBodies.queryToClose(request.body().buffer()));
      request.response().end();
    } catch (RequestException e) {
      Answers.unreadable(request.response(), e);
    }
  }

  private static void failure(RoutingContext request) {
    Runnable awaited = request.remove(BODY_AWAITED);
    if (awaited != null) {
      awaited.run();
    }
    HttpServerRequest failed = request.request();
    if (request.failed() && request.statusCode() == 413) {
      Answers.error(
          failed.response(),
          RequestException.generic(
              Code.BAD_REQUEST,
              "The body of the request is longer than " + MAX_BODY_BYTES + " bytes"));
    } else if (awaited != null && request.failure() != null) {
      // Reading the body failed, as where a chunk has no size.
      Answers.error(
          failed.response(),
          RequestException.generic(
              Code.BAD_REQUEST, "The request cannot be read: " + request.failure().getMessage()));
    } else if (request.failure() != null) {
      Answers.error(failed.response(), request.failure());
    } else {
      Answers.notFound(failed.response());
    }
  }
}
