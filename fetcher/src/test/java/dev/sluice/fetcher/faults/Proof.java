package dev.sluice.fetcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.TagPaging;
import dev.sluice.fetcher.TagsAnswer;
import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.pull.Download;
import dev.sluice.fetcher.pull.StoreFolder;
import dev.sluice.metadata.Reference;
import dev.sluice.storage.Digest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What holds for every answer, whatever upstream did: content is right to the byte, a refusal tells
 * a client what to do, and nobody hears what a liar said.
 */
record Proof(StoreFolder store) {

  /** Stands in every header and text that a lying upstream adds, and in no answer of ours. */
  static final String LIE = "lie-of-upstream";

  private static final Set<Reason> PASSING =
      EnumSet.of(Reason.TOO_MANY_REQUESTS, Reason.UNAVAILABLE);

  private static final Pattern REFUSED =
      Pattern.compile("reason=([A-Z_]+), .*retryAfter=([^,\\]]+), ofThisNode=.*]");

  Seen of(ManifestAnswer answer) {
    return switch (answer) {
      case Refused refused -> of(refused);
      case ManifestAnswer.Found found -> {
        Digest digest = found.manifest().digest();
        byte[] bytes = store.read(digest);
        assertThat(Content.of(bytes).digest(digest.algorithm())).isEqualTo(digest);
        assertThat(found.manifest().size()).isEqualTo(bytes.length);
        checkType(found.manifest().mediaType(), bytes);
        assertThat(found.staleReason().isPresent())
            .isEqualTo(found.provenance() == Provenance.STALE);
        found.staleReason().ifPresent(Proof::checkWords);
        yield new Seen.Manifest(digest, found.staleReason());
      }
    };
  }

  /** Its own media type, and no parameters. */
  private static void checkType(String given, byte[] bytes) {
    assertThat(given).matches("[\\w.+-]+/[\\w.+-]+");
    Optional<Object> own;
    try {
      own = Optional.ofNullable(new JsonObject(Buffer.buffer(bytes)).getValue("mediaType"));
    } catch (DecodeException tooDeepForUs) {
      own = Optional.empty();
    }
    own.ifPresent(type -> assertThat(given).isEqualTo(type));
  }

  Seen of(Digest digest, long size, Download.End end) {
    return switch (end) {
      case Download.End.Cut _ -> new Seen.Cut();
      case Download.End.Whole whole -> {
        assertThat(whole.body().length()).isEqualTo((int) size);
        assertThat(whole.is(digest)).as("the bytes of %s", digest).isTrue();
        yield new Seen.Blob();
      }
      case Download.End.Refusal(int _, String text) -> {
        Matcher refused = REFUSED.matcher(text);
        assertThat(refused.find()).as("a refusal with a reason: %s", text).isTrue();
        Duration after = Duration.parse(refused.group(2));
        yield of(new Refused(Reason.valueOf(refused.group(1)), text, after));
      }
    };
  }

  Seen of(TagsAnswer answer) {
    return switch (answer) {
      case Refused refused -> of(refused);
      case TagsAnswer.Page(var tags, var next, var stale) -> {
        assertThat(tags).hasSizeLessThanOrEqualTo(TagPaging.MAX_PAGE);
        assertThat(tags).allMatch(tag -> Reference.parseTag(tag).isPresent());
        assertThat(next.keySet()).isSubsetOf("n", "last", "next_page");
        stale.ifPresent(Proof::checkWords);
        yield new Seen.Tags(tags, stale);
      }
    };
  }

  private static Seen of(Refused refused) {
    checkWords(refused.message());
    if (PASSING.contains(refused.reason())) {
      assertThat(refused.retryAfter()).isBetween(Duration.ofMillis(1), Duration.ofHours(1));
    } else {
      assertThat(refused.retryAfter()).isZero();
    }
    return new Seen.Refusal(refused.reason(), refused.retryAfter());
  }

  private static void checkWords(String words) {
    assertThat(words).matches("[\\x20-\\x7e]{10,600}").doesNotContain(LIE);
  }

  /** What is stored is what its name says, and nothing is half done. */
  void checkStore() {
    assertThat(store.incomplete()).isEmpty();
    for (String hex : store.blobs()) {
      Digest digest = Digest.parse("sha256:" + hex).orElseThrow();
      assertThat(Content.of(store.read(digest)).digest(digest.algorithm())).isEqualTo(digest);
    }
  }
}
