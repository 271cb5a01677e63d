package dev.sluice.storage.archive;

import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people of trouble with an archive: once when it begins, whatever else fails meanwhile, and
 * once when nothing fails any more.
 */
public final class Outage {

  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

  /** What an archive is asked to do: where it refuses one, it may well do another. */
  public enum Deed {
    /** It is asked for blobs. */
    READING,
    /** Blobs are brought there. */
    COPYING,
    /** It shows what it has. */
    LISTING,
    /** What dead processes left there is dropped. */
    CLEARING
  }

  private final Set<Deed> failing = EnumSet.noneOf(Deed.class);

  /** Says that something fails from now on, until it is said that it does not. */
  public synchronized void fails(Deed deed, Exception why) {
    if (failing.isEmpty()) {
      LOG.warn("goes on without the archive for now: {}", why.getMessage());
    } else {
      LOG.debug("the archive still fails, at {}: {}", deed, why.getMessage());
    }
    failing.add(deed);
  }

  /** Says that something was done. */
  public synchronized void succeeds(Deed deed) {
    if (failing.remove(deed)) {
      endIfOver();
    }
  }

  /** Says that an archive that gave no answers gives them again: all else is yet to be seen. */
  synchronized void isOver() {
    if (!failing.isEmpty()) {
      failing.clear();
      endIfOver();
    }
  }

  private void endIfOver() {
    if (failing.isEmpty()) {
      LOG.info("the archive answers again");
    }
  }
}
