package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.TagPaging;
import dev.sluice.fetcher.TagsAnswer.Page;
import dev.sluice.fetcher.upstream.TagsPage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The spec's paging of tags: at most {@code n} tags after {@code last}, in ASCII order. */
final class TagPages {

  private TagPages() {}

  /** What upstream sent, as a page; where it pages nothing we do, over its whole list. */
  static Page fitting(TagsPage sent, Map<String, String> paging) {
    return isWhole(sent, paging)
        ? page(sent.tags().stream().sorted().toList(), paging, Optional.empty())
        : new Page(sent.tags(), onward(sent.next(), paging), Optional.empty());
  }

  /**
   * Whether paging was asked for and not heeded: there is more than was asked for, or the very tag
   * that the page should come after. Distribution 2.8 sends everything, unsorted.
   */
  private static boolean isWhole(TagsPage sent, Map<String, String> paging) {
    return sent.tags().size() > most(paging)
        || (sent.next().isEmpty() && sent.tags().contains(paging.getOrDefault("last", "")));
  }

  /** A page that leads to itself would be read for ever. */
  private static Map<String, String> onward(Map<String, String> next, Map<String, String> here) {
    boolean isHere =
        next.getOrDefault("last", "").equals(here.getOrDefault("last", ""))
            && next.getOrDefault("next_page", "").equals(here.getOrDefault("next_page", ""));
    return isHere ? Map.of() : next;
  }

  /** A page of a list in ASCII order. */
  static Page page(List<String> all, Map<String, String> paging, Optional<String> why) {
    String after = paging.getOrDefault("last", "");
    List<String> rest = all.stream().filter(tag -> tag.compareTo(after) > 0).toList();
    int most = most(paging);
    if (rest.size() <= most || most == 0) {
      return new Page(most == 0 ? List.of() : rest, Map.of(), why);
    }
    List<String> page = rest.subList(0, most);
    return new Page(page, Map.of("n", Integer.toString(most), "last", page.getLast()), why);
  }

  /**
   * A page of upstream's with the tags that only we know in their places. Only where upstream pages
   * by the last tag and in our order: elsewhere nobody can say which page is the place of a tag.
   *
   * @param known here, in ASCII order
   */
  static Page merged(Page sent, Map<String, String> paging, List<String> known) {
    String after = paging.getOrDefault("last", "");
    if (!isOrdered(sent, after) || paging.containsKey("next_page")) {
      return sent;
    }
    TreeSet<String> all = new TreeSet<>(sent.tags());
    all.addAll(
        known.stream()
            .filter(tag -> sent.next().isEmpty() || tag.compareTo(sent.tags().getLast()) < 0)
            .toList());
    Page page = page(List.copyOf(all), paging, sent.staleReason());
    return page.next().isEmpty() ? new Page(page.tags(), sent.next(), page.staleReason()) : page;
  }

  private static boolean isOrdered(Page sent, String after) {
    List<String> tags = sent.tags();
    if (tags.isEmpty()) {
      return sent.next().isEmpty();
    }
    boolean endsItself =
        sent.next().isEmpty() || tags.getLast().equals(sent.next().getOrDefault("last", ""));
    return endsItself
        && tags.getFirst().compareTo(after) > 0
        && tags.equals(tags.stream().sorted(Comparator.naturalOrder()).toList());
  }

  private static int most(Map<String, String> paging) {
    String asked = paging.get("n");
    return asked == null ? TagPaging.MAX_PAGE : Integer.parseInt(asked);
  }
}
