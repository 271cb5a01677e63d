package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Referrer;
import dev.sluice.fetcher.ReferrersAnswer;
import dev.sluice.fetcher.ReferrersAnswer.Listed;
import dev.sluice.fetcher.ReferrersRequest;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.pull.UpstreamReferrers.Told;
import dev.sluice.metadata.Policies.OnDeleted;
import dev.sluice.metadata.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Lists what refers to a manifest: what upstream says, and what is cached. One question to upstream
 * however many ask, and none for a while after. When upstream cannot be asked: its last answer and
 * what is cached. Confined to one context.
 */
final class ReferrerLists {

  private final UpstreamReferrers upstream;
  private final CachedReferrers cached;
  private final KeptReferrers kept;
  private final Eras eras;
  private final Tasks tasks;
  private final Flights<KeptReferrers.Key, ReferrersAnswer> flights = new Flights<>();

  /** Where referrers are found. */
  record Sources(UpstreamReferrers upstream, CachedReferrers cached, KeptReferrers kept) {}

  ReferrerLists(Sources sources, Eras eras, Tasks tasks) {
    this.upstream = sources.upstream;
    this.cached = sources.cached;
    this.kept = sources.kept;
    this.eras = eras;
    this.tasks = tasks;
  }

  /**
   * All that are known.
   *
   * @param rule for the repository; empty where only what is cached can be listed
   */
  ReferrersAnswer list(Optional<Rule> rule, ReferrersRequest request) {
    if (rule.isEmpty()) {
      return incomplete(
          request, Refusals.noRule(request.repository()), cached.find(request).stream());
    }
    KeptReferrers.Key key =
        new KeptReferrers.Key(rule.get(), request, eras.of(request.repository()));
    return kept.find(key)
        .orElseGet(() -> flights.join(key, () -> tasks.run(() -> ask(key))).result().await());
  }

  private ReferrersAnswer ask(KeptReferrers.Key key) {
    Told told = upstream.ask(key.rule(), key.request(), key.era());
    List<Referrer> here = cached.find(key.request());
    ReferrersAnswer answer =
        told.lack()
            .map(
                lack ->
                    incomplete(
                        key.request(),
                        lack,
                        Stream.of(kept.last(key), here, told.referrers()).flatMap(List::stream)))
            .orElseGet(() -> complete(key.rule(), told.referrers(), here));
    kept.keep(key, answer);
    return answer;
  }

  /** Of what upstream has deleted the cached copy is served, and so it is listed. */
  private static Listed complete(Rule rule, List<Referrer> told, List<Referrer> here) {
    boolean lists = rule.policies().onDeleted() == OnDeleted.SERVE;
    return new Listed(
        merged(Stream.concat(lists ? here.stream() : Stream.of(), told.stream())),
        Optional.empty());
  }

  /**
   * Nothing known of an image that is not here is no word about it; of one that is here, it is what
   * is cached.
   */
  private ReferrersAnswer incomplete(
      ReferrersRequest request, Refused lack, Stream<Referrer> known) {
    List<Referrer> all = merged(known);
    return all.isEmpty() && !cached.isSubjectKnown(request)
        ? lack
        : new Listed(all, Optional.of(lack.message()));
  }

  /** Each once, as who comes last says it, unless that one does not say what it is. */
  private static List<Referrer> merged(Stream<Referrer> referrers) {
    Map<String, Referrer> all = new TreeMap<>();
    referrers.forEach(
        one ->
            all.merge(
                one.digest().toString(),
                one,
                (known, said) ->
                    said.artifactType().isEmpty() && known.artifactType().isPresent()
                        ? known
                        : said));
    return List.copyOf(all.values());
  }
}
