package dev.sluice.gateway.registry;

import dev.sluice.fetcher.FetchService;
import dev.sluice.fetcher.MediaType;
import dev.sluice.fetcher.Referrer;
import dev.sluice.fetcher.ReferrersAnswer.Listed;
import dev.sluice.fetcher.ReferrersRequest;
import dev.sluice.fetcher.Refused;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Answers {@code referrers}: an index, which is empty where nothing refers to the manifest. */
final class ReferrersHandler {

  private final FetchService fetch;

  ReferrersHandler(FetchService fetch) {
    this.fetch = fetch;
  }

  Future<Void> handle(Exchange exchange, PullRequest.Referrers asked) {
    return exchange
        .notes()
        .ask(() -> fetch.referrers(new ReferrersRequest(asked.repository(), asked.subject())))
        .compose(
            answer ->
                switch (answer) {
                  case Listed listed -> answer(exchange, asked, listed);
                  case Refused refused -> exchange.refuse(OciError.of(refused));
                });
  }

  private static Future<Void> answer(
      Exchange exchange, PullRequest.Referrers asked, Listed listed) {
    List<Referrer> wanted =
        listed.referrers().stream().filter(one -> one.isOneOf(asked.artifactTypes())).toList();
    var part =
        asked.paging().of(wanted, one -> one.digest().toString(), one -> one.descriptor().length());
    if (!asked.artifactTypes().isEmpty()) {
      exchange.response().putHeader("OCI-Filters-Applied", "artifactType");
    }
    listed.staleReason().ifPresent(exchange::warn);
    return ListAnswer.send(
        exchange,
        MediaType.OCI_INDEX,
        index(part.entries()),
        part.next().map(query -> filter(asked) + query));
  }

  private static Buffer index(List<Referrer> referrers) {
    return Buffer.buffer(
        referrers.stream()
            .map(Referrer::descriptor)
            .collect(
                Collectors.joining(
                    ",",
                    "{\"schemaVersion\":2,\"mediaType\":\""
                        + MediaType.OCI_INDEX
                        + "\",\"manifests\":[",
                    "]}")));
  }

  private static String filter(PullRequest.Referrers asked) {
    return asked.artifactTypes().stream()
        .map(type -> "artifactType=" + URLEncoder.encode(type, StandardCharsets.UTF_8) + '&')
        .collect(Collectors.joining());
  }
}
