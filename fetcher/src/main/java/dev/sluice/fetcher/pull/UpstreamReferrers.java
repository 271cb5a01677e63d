package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.Referrer;
import dev.sluice.fetcher.ReferrersRequest;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.upstream.ReferrersPage;
import dev.sluice.fetcher.upstream.Upstream;
import dev.sluice.fetcher.upstream.UpstreamAnswer;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Absent;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Trouble;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.Rule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What upstream says refers to a manifest: by its endpoint for that, all pages of it, and where it
 * has none by the tag that clients keep instead. Its methods wait.
 */
final class UpstreamReferrers {

  /** Of all pages together, in characters of descriptors. */
  private static final long MOST_TEXT = 4L << 20;

  private static final int MOST_PAGES = 100;

  /** No page is asked for later: somebody waits, and each may take as long as a deadline allows. */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Upstreams upstreams;
  private final TagPull tagged;
  private final CachedReferrers cached;
  private final Clock clock;

  UpstreamReferrers(Upstreams upstreams, TagPull tagged, CachedReferrers cached, Clock clock) {
    this.upstreams = upstreams;
    this.tagged = tagged;
    this.cached = cached;
    this.clock = clock;
  }

  /**
   * What was said.
   *
   * @param lack why there may be more; empty where that is all
   */
  record Told(List<Referrer> referrers, Optional<Refused> lack) {

    static Told all(List<Referrer> referrers) {
      return new Told(referrers, Optional.empty());
    }

    static Told nothing(Refused why) {
      return new Told(List.of(), Optional.of(why));
    }
  }

  /**
   * Asks upstream.
   *
   * @param era of the repository
   */
  Told ask(Rule rule, ReferrersRequest request, long era) {
    UpstreamAnswer<Told> answer = pages(rule, request);
    return switch (answer) {
      case Got<Told>(var told) -> told;
      case Absent<Told> _ -> underTag(rule, request, era);
      default -> Told.nothing(Refusals.of(answer, rule, Reason.NAME_UNKNOWN, what(request)));
    };
  }

  private UpstreamAnswer<Told> pages(Rule rule, ReferrersRequest request) {
    Upstream upstream = upstreams.of(rule);
    String name = rule.upstreamName(request.repository());
    List<Referrer> all = new ArrayList<>();
    Instant last = clock.instant().plus(PATIENCE);
    long text = 0;
    Optional<String> next = Optional.empty();
    for (int pages = 0; pages < MOST_PAGES && text < MOST_TEXT; pages++) {
      var answer = upstream.referrers(name, request.subject(), next, Purpose.PULL);
      if (!(answer instanceof Got<ReferrersPage>(var page))) {
        return pages > 0 && answer instanceof Absent
            ? new Trouble<>("it does not have the page that it named as the next")
            : answer.then(_ -> new Got<>(Told.all(all)));
      }
      all.addAll(page.referrers());
      text += page.referrers().stream().mapToLong(one -> one.descriptor().length()).sum();
      if (page.next().isEmpty() || page.next().equals(next)) {
        return new Got<>(Told.all(all));
      }
      next = page.next();
      if (clock.instant().isAfter(last)) {
        break;
      }
    }
    return new Got<>(new Told(all, Optional.of(cut(rule, request))));
  }

  private Told underTag(Rule rule, ReferrersRequest request, long era) {
    var name = new TagName(request.repository(), ReferrersTag.of(request.subject()), era);
    return switch (tagged.current(rule, name)) {
      case ManifestAnswer.Found found -> Told.all(cached.listedIn(found.manifest().digest()));
      case Refused no when no.reason() == Reason.MANIFEST_UNKNOWN -> Told.all(List.of());
      case Refused no -> Told.nothing(no);
    };
  }

  private static Refused cut(Rule rule, ReferrersRequest request) {
    return Refusals.unavailable(rule, "all of " + what(request), "it lists more than is read");
  }

  private static String what(ReferrersRequest request) {
    return "referrers of " + request.repository() + "@" + request.subject();
  }
}
