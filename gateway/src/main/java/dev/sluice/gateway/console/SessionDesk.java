package dev.sluice.gateway.console;

import dev.sluice.gateway.access.AdminAccess;
import dev.sluice.gateway.access.Sessions;
import dev.sluice.gateway.access.Visitor;
import dev.sluice.gateway.api.ApiAnswer;
import dev.sluice.gateway.api.ApiRefusals;
import dev.sluice.gateway.api.JsonBody;
import dev.sluice.gateway.ecr.Registry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** Logs in and out, and says who is logged in. */
final class SessionDesk {

  private static final int LARGEST_BODY = 16 << 10;

  private static final ApiAnswer INVALID =
      ApiAnswer.error(400, "INVALID", "send {\"name\": \"...\", \"password\": \"...\"}");

  private final AdminAccess access;
  private final Registry registry;
  private final NodeReport node;

  SessionDesk(AdminAccess access, Registry registry, NodeReport node) {
    this.access = access;
    this.registry = registry;
    this.node = node;
  }

  /** Begins a session for whoever shows a name and its password, or a key's id and its secret. */
  Future<ApiAnswer> begin(HttpServerRequest request) {
    if (!JsonBody.isDeclared(request)) {
      return Future.succeededFuture(ConsoleEdge.NOT_JSON);
    }
    return JsonBody.read(request, LARGEST_BODY)
        .compose(
            body ->
                switch (body) {
                  case JsonBody.Unusable(var answer) -> Future.succeededFuture(answer);
                  case JsonBody.Whole(var bytes) -> login(request, bytes);
                });
  }

  private Future<ApiAnswer> login(HttpServerRequest request, Buffer body) {
    JsonObject json;
    try {
      json = new JsonObject(body);
    } catch (DecodeException | ClassCastException malformed) {
      return Future.succeededFuture(INVALID);
    }
    return json.getValue("name") instanceof String name
            && json.getValue("password") instanceof String password
        ? access.login(request, name, password).map(this::begun)
        : Future.succeededFuture(INVALID);
  }

  private ApiAnswer begun(AdminAccess.Verdict verdict) {
    return verdict instanceof AdminAccess.Admitted(var who)
        ? ApiAnswer.of(200, who(who))
            .with("Set-Cookie", cookie(who.session(), Sessions.VALID_FOR.toSeconds()))
        : ApiRefusals.of(verdict, "");
  }

  /** Who is logged in, and where. */
  ApiAnswer show(Visitor who) {
    return ApiAnswer.of(
        200,
        who(who)
            .put("publicUrl", registry.publicUrl().toString())
            .put("registryId", registry.account())
            .put("region", registry.region())
            .put("version", node.version())
            .put("node", node.node()));
  }

  private static JsonObject who(Visitor who) {
    return new JsonObject()
        .put("name", who.name())
        .put("admin", who.isAdmin())
        .put("anonymous", who.isAnonymous());
  }

  /** Has the browser forget its session; one whose page does not say where it is from cannot. */
  ApiAnswer end(HttpServerRequest request) {
    return access.isForeign(request)
        ? ApiAnswer.error(403, "DENIED", "requests of other sites' pages are not answered here")
        : ApiAnswer.of(204, new JsonObject()).with("Set-Cookie", cookie("", 0));
  }

  private String cookie(String session, long seconds) {
    boolean isTls = "https".equals(registry.publicUrl().getScheme());
    return Sessions.COOKIE
        + '='
        + session
        + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
        + seconds
        + (isTls ? "; Secure" : "");
  }
}
