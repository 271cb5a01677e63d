package dev.sluice.fetcher.fake;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host that blobs are redirected to: {@code /cdn/hops left/digest?signature=...}.
 *
 * <p>Like S3 it answers 400 to a request that carries an Authorization header besides the signature
 * in its query.
 */
final class Cdn {
  private static final Pattern ROUTE = Pattern.compile("/cdn/(\\d+)/([^/]+)");

  private final Repositories repositories;
  private final Supplier<String> url;
  private volatile Optional<Redirects> redirects = Optional.empty();

  Cdn(Repositories repositories, Supplier<String> url) {
    this.repositories = repositories;
    this.url = url;
  }

  void use(Optional<Redirects> wanted) {
    redirects = wanted;
  }

  /** The answer that sends a client here, where blobs are redirected at all. */
  Optional<Reply> redirect(String digest) {
    return redirects.map(how -> redirect(how, how.hops() - 1, digest));
  }

  Reply answer(Request request) {
    if (request.listener() == Listener.CDN && request.headers().has("Authorization")) {
      return Reply.of(400, "text/plain", Content.of("only one way to authenticate is allowed"));
    }
    Matcher route = ROUTE.matcher(request.path());
    if (!route.matches() || !request.query().equals(signature(route.group(2)))) {
      return Reply.of(403, "text/plain", Content.of("wrong signature"));
    }
    int left = Integer.parseInt(route.group(1));
    Redirects how = redirects.orElseGet(Redirects::plain);
    if (how.looping() || left > 0) {
      return redirect(how, how.looping() ? left : left - 1, route.group(2));
    }
    return repositories
        .blobAnywhere(route.group(2))
        .map(blob -> BlobAnswer.to(request, route.group(2), blob))
        .orElseGet(() -> Reply.of(404, "text/plain", Content.of("no such key")));
  }

  private Reply redirect(Redirects how, int left, String digest) {
    String path = "/cdn/" + left + '/' + digest + '?' + signature(digest);
    return Reply.bodyless(how.status())
        .header("Location", how.relative() ? path : url.get() + path);
  }

  private static String signature(String digest) {
    return "signature=" + Integer.toHexString(digest.hashCode()) + "%2Babc";
  }
}
