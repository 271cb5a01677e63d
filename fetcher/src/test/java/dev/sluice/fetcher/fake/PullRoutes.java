package dev.sluice.fetcher.fake;

import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The right answers of the distribution spec's pull side. */
final class PullRoutes {
  private static final Pattern ROUTE =
      Pattern.compile("/v2/(.+)/(manifests|blobs|referrers|tags)/([^/]+)");

  private final Repositories repositories;
  private final Function<String, Optional<Reply>> redirect;

  /**
   * @param redirect the answer that sends a client elsewhere for a blob's digest
   */
  PullRoutes(Repositories repositories, Function<String, Optional<Reply>> redirect) {
    this.repositories = repositories;
    this.redirect = redirect;
  }

  /** The repository that a path names. */
  static Optional<String> repositoryOf(Request request) {
    return Optional.of(ROUTE.matcher(decoded(request.path())))
        .filter(Matcher::matches)
        .map(m -> m.group(1));
  }

  Reply answer(Request request) {
    Matcher route = ROUTE.matcher(decoded(request.path()));
    if (!request.method().equals("GET") && !request.isHead()) {
      return Reply.error(405, "UNSUPPORTED");
    }
    if (request.path().equals("/v2/") || request.path().equals("/v2")) {
      return Reply.json(200, new JsonObject());
    }
    if (!route.matches() || !repositories.knows(route.group(1))) {
      return Reply.error(404, "NAME_UNKNOWN");
    }
    String repository = route.group(1);
    String last = route.group(3);
    return switch (route.group(2)) {
      case "manifests" -> manifest(request, repository, last);
      case "blobs" -> blob(request, repository, last);
      case "referrers" -> referrers(request, repository, last);
      default -> last.equals("list") ? tags(request, repository) : Reply.error(404, "UNSUPPORTED");
    };
  }

  private static String decoded(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private Reply manifest(Request request, String repository, String reference) {
    var manifest = repositories.manifest(repository, reference);
    if (manifest.isEmpty()) {
      return Reply.error(404, "MANIFEST_UNKNOWN");
    }
    Descriptor descriptor = manifest.get().descriptor();
    String digest = Digest.parse(reference).orElse(descriptor.digest()).toString();
    String etag = '"' + digest + '"';
    Reply reply =
        request.header("If-None-Match").filter(etag::equals).isPresent()
            ? Reply.bodyless(304)
            : Reply.of(200, descriptor.mediaType(), manifest.get().bytes());
    return reply.header("ETag", etag).header("Docker-Content-Digest", digest);
  }

  private Reply blob(Request request, String repository, String digest) {
    var blob = repositories.blob(repository, digest);
    if (blob.isEmpty()) {
      return Reply.error(404, "BLOB_UNKNOWN");
    }
    return redirect.apply(digest).orElseGet(() -> BlobAnswer.to(request, digest, blob.get()));
  }

  private Reply tags(Request request, String repository) {
    String last = request.parameters("last").stream().findFirst().orElse("");
    List<String> tags = repositories.tagsAfter(repository, last);
    Optional<Integer> n = request.parameters("n").stream().findFirst().map(Integer::valueOf);
    List<String> page = tags.subList(0, Math.min(n.orElse(tags.size()), tags.size()));
    Reply reply =
        Reply.json(200, new JsonObject().put("name", repository).put("tags", new JsonArray(page)));
    if (page.size() == tags.size() || page.isEmpty()) {
      return reply;
    }
    String next = URLEncoder.encode(page.getLast(), StandardCharsets.UTF_8);
    String query = "?n=" + n.orElseThrow() + "&last=" + next;
    return reply.header("Link", "</v2/" + repository + "/tags/list" + query + ">; rel=\"next\"");
  }

  private Reply referrers(Request request, String repository, String subject) {
    Optional<Digest> digest = Digest.parse(subject);
    if (digest.isEmpty()) {
      return Reply.error(400, "DIGEST_INVALID");
    }
    Optional<String> type = request.parameters("artifactType").stream().findFirst();
    List<JsonObject> found =
        repositories.referrers(repository, digest.get()).stream()
            .filter(r -> type.map(r.artifactType()::equals).orElse(true))
            .map(r -> r.descriptor().toJson().put("artifactType", r.artifactType()))
            .toList();
    JsonObject index =
        new JsonObject()
            .put("schemaVersion", 2)
            .put("mediaType", MediaTypes.OCI.index())
            .put("manifests", new JsonArray(found));
    Reply reply = Reply.of(200, MediaTypes.OCI.index(), Content.of(index.encode()));
    return type.isPresent() ? reply.header("OCI-Filters-Applied", "artifactType") : reply;
  }
}
