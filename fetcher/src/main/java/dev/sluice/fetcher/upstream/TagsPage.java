package dev.sluice.fetcher.upstream;

import java.util.List;
import java.util.Map;

/**
 * A page of tags as upstream sent it, without what is no tag.
 *
 * @param next the paging parameters of the page after it; empty where there is none
 */
public record TagsPage(List<String> tags, Map<String, String> next) {}
