package dev.sluice.fetcher;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answer to a {@link TagsRequest}: {@link Page} or {@link Refused}. */
public sealed interface TagsAnswer permits TagsAnswer.Page, Refused {

  /**
   * One page of tags.
   *
   * @param next the paging parameters of the page after it; empty where this is the last
   * @param staleReason why upstream could not be asked; empty unless the answer is a kept one
   */
  record Page(List<String> tags, Map<String, String> next, Optional<String> staleReason)
      implements TagsAnswer {
    /** Copies list and map. */
    public Page {
      tags = List.copyOf(tags);
      next = Map.copyOf(next);
    }
  }
}
