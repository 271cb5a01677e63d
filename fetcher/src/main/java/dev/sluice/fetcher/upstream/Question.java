package dev.sluice.fetcher.upstream;

import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A request to a registry, before it is known who asks.
 *
 * @param repository the registry's own name for the repository, for the token's scope; empty for
 *     all of them
 * @param path below {@code /v2/}
 * @param headers besides those that every request of ours carries
 */
record Question(HttpMethod method, String repository, String path, Map<String, String> headers) {

  static Question get(String repository, String path, String accept) {
    return new Question(HttpMethod.GET, repository, repository + path, Map.of("Accept", accept));
  }

  static Question head(String repository, String path, String accept) {
    return new Question(HttpMethod.HEAD, repository, repository + path, Map.of("Accept", accept));
  }

  /** A page of all repositories; no repository's token is good for it. */
  static Question catalogue(String query) {
    return new Question(
        HttpMethod.GET, "", "_catalog" + query, Map.of("Accept", "application/json"));
  }

  /** The same with more headers. */
  Question with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(more);
    return new Question(method, repository, path, Map.copyOf(all));
  }

  /** What is asked for, in a word that no name gets into. */
  String subject() {
    String rest = path.substring(repository.length());
    return Stream.of("manifest", "blob", "tags", "referrers")
        .filter(word -> rest.startsWith('/' + word))
        .findFirst()
        .orElse("catalogue");
  }

  /** Whether the answer has a blob's bytes. */
  boolean bringsBlob() {
    return method.equals(HttpMethod.GET) && path.startsWith("/blobs/", repository.length());
  }

  /** Whether it goes to an endpoint that not every registry has. */
  boolean asksReferrers() {
    return path.startsWith("/referrers/", repository.length());
  }

  /** Whether Docker Hub and its like count this: the GET of a manifest, and nothing else. */
  boolean countsAsPull() {
    return method.equals(HttpMethod.GET) && path.startsWith("/manifests/", repository.length());
  }
}
