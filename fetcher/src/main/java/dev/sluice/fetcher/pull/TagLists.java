package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.TagPaging;
import dev.sluice.fetcher.TagsAnswer;
import dev.sluice.fetcher.TagsAnswer.Page;
import dev.sluice.fetcher.TagsRequest;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.upstream.TagsPage;
import dev.sluice.fetcher.upstream.UpstreamAnswer;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Absent;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.Filter;
import dev.sluice.metadata.Policies.OnDeleted;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.TagIndex;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lists tags as upstream does, and those among them that only we have any more. When upstream
 * cannot be asked: its last answer to the same question, else the tags that are cached here.
 */
final class TagLists {

  /** Pages, of at most {@link TagPaging#MAX_PAGE} tags of at most 128 characters each. */
  private static final int MOST_KEPT = 64;

  private final TagIndex tags;
  private final Upstreams upstreams;
  private final Absences absences;
  private final Eras eras;
  private final Tasks tasks;
  private final Flights<Listing, TagsAnswer> flights = new Flights<>();
  private final Map<Listing, Page> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Listing, Page> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /**
   * What is listed.
   *
   * @param era of the repository; pages of an earlier one may name what was deleted
   */
  private record Listing(TagsRequest request, long era) {}

  TagLists(TagIndex tags, Upstreams upstreams, Absences absences, Eras eras, Tasks tasks) {
    this.tags = tags;
    this.upstreams = upstreams;
    this.absences = absences;
    this.eras = eras;
    this.tasks = tasks;
  }

  /**
   * A page of tags.
   *
   * @param rule for the repository; empty where only what is cached can be listed
   */
  TagsAnswer list(Optional<Rule> rule, TagsRequest request) {
    Listing listing = new Listing(request, eras.of(request.repository()));
    if (rule.isEmpty()) {
      return cached(listing, Refusals.noRule(request.repository()));
    }
    Optional<Refused> absent = absences.find(rule.get(), what(request));
    return admitted(
        rule.get().policies().tags(),
        absent.isPresent()
            ? deleted(rule.get(), listing, absent.get())
            : flights
                .join(listing, () -> tasks.run(() -> ask(rule.get(), listing)))
                .result()
                .await());
  }

  /** A page that becomes empty is still a page: the next may have what this one has not. */
  private static TagsAnswer admitted(Filter filter, TagsAnswer answer) {
    return switch (answer) {
      case Page(var listed, var next, var staleReason) ->
          new Page(listed.stream().filter(filter::admits).toList(), next, staleReason);
      case Refused refused -> refused;
    };
  }

  private static String what(TagsRequest request) {
    return "repository " + request.repository();
  }

  private TagsAnswer ask(Rule rule, Listing listing) {
    TagsRequest request = listing.request;
    UpstreamAnswer<TagsPage> answer =
        upstreams
            .of(rule)
            .tags(rule.upstreamName(request.repository()), request.paging(), Purpose.PULL);
    if (answer instanceof Got<TagsPage>(var page)) {
      Page fresh = merged(rule, listing, TagPages.fitting(page, request.paging()));
      kept.put(listing, fresh);
      return fresh;
    }
    Refused refused = absences.refusal(answer, rule, Reason.NAME_UNKNOWN, what(request));
    return answer instanceof Absent ? deleted(rule, listing, refused) : cached(listing, refused);
  }

  /** Of what upstream has deleted the cached copy is served, and so it is listed. */
  private Page merged(Rule rule, Listing listing, Page fresh) {
    return rule.policies().onDeleted() == OnDeleted.SERVE
        ? TagPages.merged(
            fresh, listing.request.paging(), known(listing.request.repository()).await())
        : fresh;
  }

  private Future<List<String>> known(RepositoryName repository) {
    return tags.tags(repository)
        .map(all -> all.stream().map(Tag::value).toList())
        .otherwise(List.of());
  }

  /** Upstream says that it has no such repository. */
  private TagsAnswer deleted(Rule rule, Listing listing, Refused refused) {
    return rule.policies().onDeleted() == OnDeleted.SERVE ? ours(listing, refused) : refused;
  }

  private TagsAnswer cached(Listing listing, Refused refused) {
    Page last = kept.get(listing);
    if (last != null) {
      return new Page(last.tags(), last.next(), Optional.of(refused.message()));
    }
    return ours(listing, refused);
  }

  private TagsAnswer ours(Listing listing, Refused refused) {
    List<String> known = known(listing.request.repository()).await();
    return known.isEmpty()
        ? refused
        : TagPages.page(known, listing.request.paging(), Optional.of(refused.message()));
  }
}
