package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.TagPaging;
import dev.sluice.fetcher.WarmUps;
import dev.sluice.fetcher.upstream.CataloguePage;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.upstream.TagsPage;
import dev.sluice.fetcher.upstream.Upstream;
import dev.sluice.fetcher.upstream.UpstreamAnswer;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.fetcher.warmup.ImageName;
import dev.sluice.fetcher.warmup.Plan;
import dev.sluice.fetcher.warmup.Progress;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lists what the registry of a rule has, for one warm-up: its catalogue, and the tags of each
 * repository. Its methods wait; confined to one context.
 */
final class CatalogueListing {

  private static final int MOST_TRIES = 3;

  /** A registry that pages in a circle is left at last. */
  private static final int MOST_PAGES = 1_000;

  private static final String ADVICE = "; post a list of images instead";

  private final Desk desk;
  private final Plan.Catalogue plan;
  private final Progress progress;
  private final Consumer<ImageName> found;
  private boolean isFull;

  /** What all listings work with. */
  record Desk(Supplier<RuleTable> rules, Upstreams upstreams, Patience patience) {}

  /**
   * @param found is given each image
   */
  CatalogueListing(Desk desk, Plan.Catalogue plan, Progress progress, Consumer<ImageName> found) {
    this.desk = desk;
    this.plan = plan;
    this.progress = progress;
    this.found = found;
  }

  /** Lists everything. */
  void list() {
    Map<String, String> paging = Map.of("n", Integer.toString(TagPaging.MAX_PAGE));
    for (int page = 0; page < MOST_PAGES && !paging.isEmpty() && goesOn(); page++) {
      Map<String, String> here = paging;
      Optional<CataloguePage> listed =
          ask(
              plan.rule(),
              "its catalogue",
              ADVICE,
              upstream -> upstream.catalogue(here, Purpose.COMPLETION));
      listed.ifPresent(found -> found.repositories().forEach(this::repository));
      paging = listed.map(CataloguePage::next).orElse(Map.of());
    }
  }

  private boolean goesOn() {
    return !progress.isOver() && !isFull;
  }

  private Optional<Rule> rule() {
    return desk.rules.get().rules().stream()
        .filter(rule -> rule.prefix().equals(plan.rule()))
        .findFirst();
  }

  private void repository(String upstreamName) {
    if (!goesOn() || !plan.wantsRepository(upstreamName)) {
      return;
    }
    rule().flatMap(rule -> ours(rule, upstreamName)).ifPresent(name -> tags(name, upstreamName));
  }

  /** By which name a repository is this rule's; empty where it is not, or is not let through. */
  private Optional<RepositoryName> ours(Rule rule, String upstreamName) {
    String before = rule.upstreamPrefix().filter(p -> !p.equals(Rule.ROOT)).orElse("");
    String own =
        before.isEmpty()
            ? upstreamName
            : upstreamName.startsWith(before + '/')
                ? upstreamName.substring(before.length() + 1)
                : "";
    return RepositoryName.parse(rule.prefix().equals(Rule.ROOT) ? own : rule.prefix() + '/' + own)
        .filter(name -> desk.rules.get().match(name).equals(Optional.of(rule)))
        .filter(name -> Admission.refusal(rule, name).isEmpty());
  }

  private void tags(RepositoryName name, String upstreamName) {
    Map<String, String> paging = Map.of("n", Integer.toString(TagPaging.MAX_PAGE));
    for (int page = 0; page < MOST_PAGES && !paging.isEmpty() && goesOn(); page++) {
      Map<String, String> here = paging;
      Optional<TagsPage> listed =
          ask(
              name.value(),
              "the tags of " + upstreamName,
              "",
              upstream -> upstream.tags(upstreamName, here, Purpose.COMPLETION));
      listed.ifPresent(tags -> tags.tags().forEach(tag -> image(name, tag)));
      paging = listed.map(TagsPage::next).orElse(Map.of());
    }
  }

  private void image(RepositoryName repository, String tag) {
    boolean isAdmitted =
        rule().filter(rule -> rule.policies().tags().admits(tag)).isPresent() && plan.wantsTag(tag);
    if (!goesOn() || !isAdmitted) {
      return;
    }
    if (progress.wanted() >= WarmUps.MOST_IMAGES) {
      isFull = true;
      failed(
          plan.rule(),
          "it has more than "
              + WarmUps.MOST_IMAGES
              + " images that match, and the rest is left out; choose some by repositories or tags");
      return;
    }
    found.accept(new ImageName(repository, new Reference.Tag(tag)));
  }

  /** Asks until there is an answer; empty where there is none, which is noted. */
  private <T> Optional<T> ask(
      String subject, String what, String advice, Function<Upstream, UpstreamAnswer<T>> question) {
    for (int tries = 1; !progress.isOver(); ) {
      Optional<Rule> rule = rule();
      if (rule.isEmpty()) {
        failed(subject, "there is no rule " + plan.rule() + " any more");
        return Optional.empty();
      }
      UpstreamAnswer<T> answer = question.apply(desk.upstreams.of(rule.get()));
      if (answer instanceof Got<T>(var value)) {
        return Optional.of(value);
      }
      Refused refused = Refusals.of(answer, rule.get(), Reason.NAME_UNKNOWN, what);
      boolean mayPass = refused.reason() == Reason.UNAVAILABLE && tries < MOST_TRIES;
      if (!mayPass && refused.reason() != Reason.TOO_MANY_REQUESTS) {
        failed(subject, refused.message() + advice);
        return Optional.empty();
      }
      tries += mayPass ? 1 : 0;
      desk.patience.sitOut(progress, refused);
    }
    return Optional.empty();
  }

  private void failed(String subject, String why) {
    progress.want();
    progress.failed(subject, why);
  }
}
