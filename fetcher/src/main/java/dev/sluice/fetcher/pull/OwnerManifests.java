package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Nodes.Node;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.peers.PeerAnswer;
import dev.sluice.fetcher.peers.PeerAnswer.Checked;
import dev.sluice.fetcher.peers.PeerAnswer.Image;
import dev.sluice.fetcher.peers.PeerAnswer.No;
import dev.sluice.fetcher.peers.PeerAnswer.Unchecked;
import dev.sluice.fetcher.peers.PeerQuestion;
import dev.sluice.fetcher.peers.PeerQuestion.Subject;
import dev.sluice.fetcher.upstream.FetchedManifest;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.metadata.Reference.ByDigest;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.Digest;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Manifests and tags of which another node is the owner: that one asks upstream, and what it found
 * is kept here too. Empty is every answer where no owner can help, so that this node must ask
 * upstream itself. Its methods wait.
 */
final class OwnerManifests {

  private static final Logger LOG = LoggerFactory.getLogger(OwnerManifests.class);

  private final Peers peers;
  private final ManifestLookup lookup;
  private final Shelf shelf;

  OwnerManifests(Peers peers, ManifestLookup lookup, Shelf shelf) {
    this.peers = peers;
    this.lookup = lookup;
    this.shelf = shelf;
  }

  /** Whether this node is to ask upstream itself. */
  boolean areOurs(Object key) {
    return peers.owners().isOurs(key.toString());
  }

  /** A manifest by digest. */
  Optional<ManifestAnswer> fetch(ManifestOrder order, Digest digest) {
    Subject subject = Subject.of(order.rule(), order.repository(), order.purpose());
    var question = new PeerQuestion.Manifest(subject, digest);
    for (Node owner : peers.owners().ahead(digest.toString())) {
      PeerAnswer answer = peers.colleagues().ask(owner, question);
      LOG.debug("{} as the owner of {}: {}", owner.name(), order, answer);
      switch (answer) {
        case Image(var found) when kept(owner, order, found) -> {
          return Optional.of(ManifestPull.byContent(found.manifest(), Provenance.MISS));
        }
        case No(var refused) -> {
          return Optional.of(refused);
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  /**
   * Where a tag points.
   *
   * @param now whether upstream is to be asked, though no check be due
   */
  Optional<CheckOutcome> check(Rule rule, TagName name, Purpose purpose, boolean now) {
    ManifestOrder order = TagCheck.order(rule, name, purpose);
    Subject subject = Subject.of(rule, name.repository(), purpose);
    var question = new PeerQuestion.Tagged(subject, name.tag(), now);
    for (Node owner : peers.owners().ahead(name.toString())) {
      PeerAnswer answer = peers.colleagues().ask(owner, question);
      LOG.debug("{} as the owner of {}: {}", owner.name(), name, answer);
      switch (answer) {
        case Checked(var moved, var from, var found) when kept(owner, order, found) -> {
          return Optional.of(
              moved ? new CheckOutcome.Moved(from, found) : new CheckOutcome.Confirmed(found));
        }
        case Unchecked(var last, var why) -> {
          return Optional.of(failed(owner, order, last, why));
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  private CheckOutcome failed(Node owner, ManifestOrder order, Optional<Found> last, Refused why) {
    return new CheckOutcome.Failed(
        last.filter(found -> kept(owner, order, found))
            .<ManifestAnswer>map(found -> found)
            .orElse(why),
        why);
  }

  /** Whether a manifest that an owner has is here too now. */
  private boolean kept(Node owner, ManifestOrder order, Found found) {
    Descriptor manifest = found.manifest();
    if (shelf.find(order.repository(), manifest.digest()).isPresent()) {
      return true;
    }
    return lookup
        .bring(owner, manifest.digest())
        .filter(bytes -> kept(order, manifest, bytes))
        .isPresent();
  }

  /** Only where the metadata is not shared just now is there anything left to write down. */
  private boolean kept(ManifestOrder order, Descriptor manifest, Buffer bytes) {
    if (shelf.find(order.repository(), manifest.digest()).isPresent()) {
      return true;
    }
    ManifestOrder byDigest = order.by(new ByDigest(manifest.digest()));
    var fetched = new FetchedManifest(manifest.digest(), manifest.mediaType(), bytes);
    return switch (shelf.keep(byDigest, fetched)) {
      case Shelf.Kept.Done _, Shelf.Kept.Unrecorded _ -> true;
      case Shelf.Kept.Not _, Shelf.Kept.Unstored _, Shelf.Kept.Overtaken _ -> false;
    };
  }
}
