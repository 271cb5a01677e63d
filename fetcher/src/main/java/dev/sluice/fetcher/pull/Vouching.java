package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.upstream.UpstreamAnswer;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.Upstreams;
import java.util.Optional;
import java.util.OptionalLong;

/** Asks upstreams whether repositories hold blobs, without fetching them. Its methods wait. */
final class Vouching {

  private final BlobFetch.Rooms rooms;
  private final OwnerBlobs owners;
  private final Upstreams upstreams;

  Vouching(BlobFetch.Rooms rooms, OwnerBlobs owners, Upstreams upstreams) {
    this.rooms = rooms;
    this.owners = owners;
    this.upstreams = upstreams;
  }

  BlobFetch.Rooms rooms() {
    return rooms;
  }

  /** Has upstream vouch for a blob; why it does not, or empty where it has. */
  Optional<Refused> confirm(BlobOrder order) {
    UpstreamAnswer<OptionalLong> answer = ask(order);
    return answer instanceof Got ? vouched(order) : Optional.of(no(answer, order));
  }

  /**
   * Upstream has just said that it has it. Where that cannot be written down, such as on a full
   * disk, it is asked again the next time.
   */
  private Optional<Refused> vouched(BlobOrder order) {
    return rooms.membership().vouch(order).filter(refused -> !refused.ofThisNode());
  }

  /** Whether a blob that is not here is to be had, and its size. */
  BlobAnswer head(BlobOrder order) {
    OptionalLong listed = rooms.membership().listedSize(order);
    if (listed.isPresent()
        && rooms.membership().isVouchedFor(order.repository(), order.digest())
        && owners.holder(order.digest()).isPresent()) {
      return new BlobAnswer.Upstream(listed);
    }
    UpstreamAnswer<OptionalLong> answer = ask(order);
    if (!(answer instanceof Got<OptionalLong>(var size))) {
      return no(answer, order);
    }
    return vouched(order)
        .<BlobAnswer>map(refused -> refused)
        .orElseGet(() -> new BlobAnswer.Upstream(listed.isPresent() ? listed : size));
  }

  private UpstreamAnswer<OptionalLong> ask(BlobOrder order) {
    return upstreams
        .of(order.rule())
        .headBlob(order.upstreamName(), order.digest(), order.purpose());
  }

  private Refused no(UpstreamAnswer<?> answer, BlobOrder order) {
    return rooms.absences().refusal(answer, order.rule(), Reason.BLOB_UNKNOWN, order.what());
  }
}
