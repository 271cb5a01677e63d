package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.CheckAnswer;
import dev.sluice.fetcher.CheckRequest;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.ManifestRequest;
import dev.sluice.fetcher.ReferrersAnswer;
import dev.sluice.fetcher.ReferrersRequest;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.TagsAnswer;
import dev.sluice.fetcher.TagsRequest;
import dev.sluice.fetcher.Validation;
import dev.sluice.fetcher.peers.PeerAnswer;
import dev.sluice.fetcher.peers.PeerAnswer.No;
import dev.sluice.fetcher.peers.PeerAnswer.Unable;
import dev.sluice.fetcher.peers.PeerAnswer.Unchecked;
import dev.sluice.fetcher.peers.PeerQuestion.Subject;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where requests are decided, each by the rule that is in force then. Its methods wait; confined to
 * one context.
 */
final class Desk {

  /** How often a request begins anew that a deletion has overtaken. */
  private static final int MOST_BEGINNINGS = 5;

  private final Supplier<RuleTable> rules;
  private final Workshop workshop;

  /**
   * @param rules the rules in force, asked anew for every request
   */
  Desk(Supplier<RuleTable> rules, Workshop workshop) {
    this.rules = rules;
    this.workshop = workshop;
  }

  ManifestAnswer manifest(ManifestRequest request) {
    RepositoryName repository = request.repository();
    return undisturbed(
        repository,
        () ->
            answer(
                repository,
                rule -> refusal(rule, repository, request.reference()),
                rule -> manifest(rule, repository, request.reference())));
  }

  private ManifestAnswer manifest(
      Optional<Rule> rule, RepositoryName repository, Reference reference) {
    return switch (reference) {
      case Reference.ByDigest(var digest) ->
          workshop.manifests().byDigest(rule, repository, digest, Purpose.PULL);
      case Reference.Tag tag -> workshop.tagged().byTag(rule, name(repository, tag));
    };
  }

  CheckAnswer check(CheckRequest request) {
    RepositoryName repository = request.repository();
    return answer(
        repository,
        rule -> refusal(rule, repository, request.tag()),
        rule -> workshop.tagged().check(rule, name(repository, request.tag())));
  }

  private TagName name(RepositoryName repository, Reference.Tag tag) {
    return new TagName(repository, tag, workshop.eras().of(repository));
  }

  BlobAnswer blob(BlobRequest request) {
    RepositoryName repository = request.repository();
    return undisturbed(
        repository,
        () ->
            answer(
                repository,
                rule -> refusal(rule, repository),
                rule -> workshop.blobs().locate(rule, request, Purpose.PULL)));
  }

  /**
   * What another node is answered that takes this one for the owner; it must ask elsewhere where
   * other rules are in force here.
   */
  PeerAnswer owned(Subject subject, Function<Rule, PeerAnswer> answer) {
    return undisturbed(
        subject.repository(),
        () ->
            inForce()
                .match(subject.repository())
                .filter(rule -> Subject.rule(rule).equals(subject.rule()))
                .map(answer)
                .orElseGet(() -> new Unable("other rules are in force here")));
  }

  /** The same of a rule alone. */
  PeerAnswer ruled(String asked, Function<Rule, PeerAnswer> answer) {
    return inForce().rules().stream()
        .filter(rule -> Subject.rule(rule).equals(asked))
        .findFirst()
        .map(answer)
        .orElseGet(() -> new Unable("other rules are in force here"));
  }

  TagsAnswer tags(TagsRequest request) {
    return answer(
        request.repository(),
        rule -> refusal(rule, request.repository()),
        rule -> workshop.tagLists().list(rule, request));
  }

  ReferrersAnswer referrers(ReferrersRequest request) {
    return answer(
        request.repository(),
        rule -> refusal(rule, request.repository()),
        rule -> workshop.referrers().list(rule, request));
  }

  Validation validate(String prefix) {
    return inForce().rules().stream()
        .filter(rule -> rule.prefix().equals(prefix))
        .findFirst()
        .map(rule -> workshop.upstreams().of(rule).validate())
        .orElseGet(() -> new Validation.Invalid("there is no rule " + prefix + "."));
  }

  /** Whether what nobody waits for may go on: nothing was deleted, and the rule is as it was. */
  boolean isWantedStill(Backlog.Wanted wanted) {
    return !workshop.eras().isOver(wanted.repository(), wanted.era())
        && inForce().match(wanted.repository()).equals(Optional.of(wanted.rule()));
  }

  /** Why a repository is not answered for; whoever asks for us would only have us ask them. */
  private Optional<Refused> refusal(Rule rule, RepositoryName repository) {
    return circle(rule, repository).or(() -> Admission.refusal(rule, repository));
  }

  private Optional<Refused> refusal(Rule rule, RepositoryName repository, Reference reference) {
    return circle(rule, repository).or(() -> Admission.refusal(rule, repository, reference));
  }

  private Optional<Refused> circle(Rule rule, RepositoryName repository) {
    return workshop.upstreams().isCircle()
        ? Optional.of(Refusals.loop(rule, repository))
        : Optional.empty();
  }

  /** The answer by the rule for a repository, unless that does not let it through. */
  private <A> A answer(
      RepositoryName repository,
      Function<Rule, Optional<? extends A>> refusal,
      Function<Optional<Rule>, A> answer) {
    Optional<Rule> rule = inForce().match(repository);
    Optional<A> barred = rule.flatMap(refusal);
    return barred.isPresent() ? barred.get() : answer.apply(rule);
  }

  /**
   * What a deletion or another rule has overtaken begins anew, as if it had come a moment later.
   */
  private <A> A undisturbed(RepositoryName repository, Supplier<A> request) {
    for (int beginnings = 1; ; beginnings++) {
      long era = workshop.eras().of(repository);
      Optional<Rule> rule = inForce().match(repository);
      A answer = request.get();
      boolean asBefore =
          !workshop.eras().isOver(repository, era) && inForce().match(repository).equals(rule);
      if (!isRefusal(answer) || asBefore || beginnings == MOST_BEGINNINGS) {
        return answer;
      }
    }
  }

  private static boolean isRefusal(Object answer) {
    return answer instanceof Refused
        || answer instanceof No
        || (answer instanceof Unchecked(var last, _) && last.isEmpty());
  }

  private RuleTable inForce() {
    workshop.upstreams().heed();
    return rules.get();
  }
}
