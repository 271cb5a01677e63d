package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.Referrer;
import java.util.List;
import java.util.Optional;

/**
 * A page of referrers as upstream sent it, without what is no descriptor.
 *
 * @param next the raw query of the page after it; empty where there is none
 */
public record ReferrersPage(List<Referrer> referrers, Optional<String> next) {}
