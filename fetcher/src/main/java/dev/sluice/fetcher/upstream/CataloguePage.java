package dev.sluice.fetcher.upstream;

import java.util.List;
import java.util.Map;

/**
 * A page of a registry's repositories as it sent them.
 *
 * @param next the paging parameters of the page after it; empty where there is none
 */
public record CataloguePage(List<String> repositories, Map<String, String> next) {}
