package dev.sluice.gateway.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.access.Grants;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request as a real client signed it. */
public record RecordedRequest(JsonObject json) {

  /** All that were recorded: of both AWS command lines and of the Java SDK. */
  public static List<RecordedRequest> all() {
    return lines("sigv4-vectors.jsonl").stream().map(RecordedRequest::new).toList();
  }

  /** Those that our server lets in; the others have a session token. */
  public static List<RecordedRequest> accepted() {
    return all().stream().filter(request -> !request.hasSessionToken()).toList();
  }

  /** The lines of a resource beside this class, as JSON. */
  public static List<JsonObject> lines(String resource) {
    try (InputStream in = RecordedRequest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), UTF_8).lines().map(JsonObject::new).toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  public AccessKey key() {
    return new AccessKey(json.getString("access_key"), json.getString("secret_key"), Grants.NONE);
  }

  /** The secret's holder, under this id and no other. */
  public Optional<AccessKey> find(String id) {
    return Optional.of(key()).filter(key -> key.id().equals(id));
  }

  public String path() {
    return json.getString("path");
  }

  public String region() {
    return json.getString("region");
  }

  public String signature() {
    return json.getString("signature");
  }

  public boolean hasSessionToken() {
    return json.getString("session_token") != null;
  }

  public byte[] body() {
    return json.getString("body").getBytes(UTF_8);
  }

  public MultiMap headers() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (Map.Entry<String, Object> header : json.getJsonObject("headers")) {
      headers.add(header.getKey(), (String) header.getValue());
    }
    return headers;
  }

  @Override
  public String toString() {
    return json.getString("client") + ' ' + path() + ' ' + headers().get("x-amz-target");
  }
}
