package dev.sluice.fetcher;

import dev.sluice.metadata.RepositoryName;
import java.util.Map;

/**
 * Asks for a page of a repository's tags.
 *
 * @param paging the paging parameters, names and values checked by {@link TagPaging}
 */
public record TagsRequest(RepositoryName repository, Map<String, String> paging) {
  /** Copies the map. */
  public TagsRequest {
    paging = Map.copyOf(paging);
  }
}
