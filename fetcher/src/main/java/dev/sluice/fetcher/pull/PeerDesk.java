package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.Journey;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Span;
import dev.sluice.fetcher.Span.Kind;
import dev.sluice.fetcher.Tracing;
import dev.sluice.fetcher.WarmUp;
import dev.sluice.fetcher.WarmUps;
import dev.sluice.fetcher.peers.AnswerForm;
import dev.sluice.fetcher.peers.PeerAnswer;
import dev.sluice.fetcher.peers.PeerAnswer.Hold;
import dev.sluice.fetcher.peers.PeerAnswer.Located;
import dev.sluice.fetcher.peers.PeerAnswer.Unable;
import dev.sluice.fetcher.peers.PeerQuestion;
import dev.sluice.fetcher.peers.PeerQuestion.Subject;
import dev.sluice.fetcher.peers.QuestionForm;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.upstream.TokenWish;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.BlobLocation;
import dev.sluice.storage.BlobLocation.Growing;
import dev.sluice.storage.BlobLocation.Passing;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where other nodes are answered: those that take this one for the owner, and those that want to
 * know what it has. Confined to one context.
 */
final class PeerDesk {

  private static final Logger LOG = LoggerFactory.getLogger(PeerDesk.class);

  private final Desk desk;
  private final Blobs blobs;
  private final Workshop workshop;
  private final WarmUps warmUps;
  private final Tracing tracing;
  private final Tasks tasks;

  /** What is here. */
  record Rooms(Desk desk, Workshop workshop, Blobs blobs, WarmUps warmUps, Tracing tracing) {}

  PeerDesk(Rooms rooms, Tasks tasks) {
    this.desk = rooms.desk;
    this.workshop = rooms.workshop;
    this.blobs = rooms.blobs;
    this.warmUps = rooms.warmUps;
    this.tracing = rooms.tracing;
    this.tasks = tasks;
  }

  /** Answers a question, from any thread; one that is not understood, too. */
  Future<Buffer> answer(Buffer question) {
    Map<String, String> along = QuestionForm.trace(question);
    Journey journey = Journey.goingOn(span(along), along);
    return QuestionForm.read(question)
        .map(asked -> journey.take(() -> tasks.run(() -> answer(asked))))
        .orElseGet(() -> Future.succeededFuture(new Unable("the question is not known here")))
        .otherwise(PeerDesk::brokenOff)
        .map(answer -> AnswerForm.write(answer, journey))
        .onComplete(said -> journey.span().end());
  }

  private Span span(Map<String, String> along) {
    return tracing == Tracing.OFF
        ? Span.NONE
        : tracing.begin("answer another node", Kind.SERVER, along::get);
  }

  private static PeerAnswer brokenOff(Throwable bug) {
    LOG.error("another node was not answered", bug);
    return new Unable("an error that its log tells");
  }

  private PeerAnswer answer(PeerQuestion question) {
    return switch (question) {
      case PeerQuestion.Blob(var subject, var digest, var headOnly) ->
          desk.owned(
              subject,
              rule -> blob(rule, subject, new BlobRequest(subject.repository(), digest, headOnly)));
      case PeerQuestion.Manifest(var subject, var digest) ->
          desk.owned(subject, rule -> manifest(rule, subject, digest));
      case PeerQuestion.Tagged(var subject, var tag, var now) ->
          desk.owned(subject, rule -> checked(check(rule, subject, tag, now)));
      case PeerQuestion.Has(var digest) -> held(digest);
      case PeerQuestion.OfToken asked -> desk.ruled(asked.rule(), rule -> token(rule, asked));
      case PeerQuestion.OfWarmUps() ->
          new PeerAnswer.Warming(warmUps.all().await().stream().map(WarmUp::brief).toList());
      case PeerQuestion.OfWarmUp(var id, var end) ->
          new PeerAnswer.Warming(
              (end ? warmUps.cancel(id) : warmUps.find(id)).await().stream().toList());
      case PeerQuestion.Settled(var digest) -> {
        workshop.fills().settled(digest).await();
        yield new PeerAnswer.Done();
      }
    };
  }

  private PeerAnswer blob(Rule rule, Subject subject, BlobRequest request) {
    return switch (workshop.blobs().asOwner(rule, request, subject.purpose())) {
      case BlobAnswer.Found(Passing _, _) -> new Unable("its disk takes nothing");
      case BlobAnswer.Found(var location, _) -> located(location);
      case BlobAnswer.Upstream(var size) -> new Located(size, Hold.UPSTREAM);
      case BlobAnswer.Linked _ -> new Unable("nodes are given no links");
      case Refused refused -> no(refused);
    };
  }

  private PeerAnswer manifest(Rule rule, Subject subject, Digest digest) {
    ManifestAnswer answer =
        workshop.manifests().asOwner(rule, subject.repository(), digest, subject.purpose());
    return switch (answer) {
      case Found found -> new PeerAnswer.Image(found);
      case Refused refused -> no(refused);
    };
  }

  private CheckOutcome check(Rule rule, Subject subject, Tag tag, boolean now) {
    RepositoryName repository = subject.repository();
    TagName name = new TagName(repository, tag, workshop.eras().of(repository));
    TagFlights flights = workshop.tagFlights();
    Purpose purpose = subject.purpose();
    return (now ? flights.joinOursNow(rule, name, purpose) : flights.joinOurs(rule, name, purpose))
        .result()
        .await();
  }

  private PeerAnswer token(Rule rule, PeerQuestion.OfToken asked) {
    var wish = new TokenWish(rule, asked.repository(), asked.credential(), asked.challenge());
    return workshop
        .upstreams()
        .of(rule)
        .tokenForPeer(wish)
        .<PeerAnswer>map(PeerAnswer.Issued::new)
        .orElseGet(() -> new Unable("there is no token to be had"));
  }

  private static PeerAnswer checked(CheckOutcome outcome) {
    return switch (outcome) {
      case CheckOutcome.Confirmed(var found) ->
          new PeerAnswer.Checked(false, Optional.empty(), found);
      case CheckOutcome.Moved(var from, var found) -> new PeerAnswer.Checked(true, from, found);
      case CheckOutcome.Failed(_, var why) when why.ofThisNode() -> no(why);
      case CheckOutcome.Failed(var answer, var why) ->
          new PeerAnswer.Unchecked(
              answer instanceof Found last ? Optional.of(last) : Optional.empty(), why);
    };
  }

  /** A node whose disk is full, or whose way out is blocked, can say nothing about upstream. */
  private static PeerAnswer no(Refused refused) {
    return refused.ofThisNode() ? new Unable(refused.message()) : new PeerAnswer.No(refused);
  }

  private PeerAnswer held(Digest digest) {
    return blobs.find(digest).<PeerAnswer>map(this::located).orElseGet(PeerAnswer.Nowhere::new);
  }

  private Located located(BlobLocation location) {
    OptionalLong size = location.size();
    if (!(location instanceof Growing)) {
      return new Located(size, Hold.WHOLE);
    }
    return new Located(
        size, workshop.fills().isFollowing(location.digest()) ? Hold.FOLLOWING : Hold.FILLING);
  }
}
