package dev.sluice.fetcher.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Every request in the order of arrival, and when each answer ended. */
final class Journal {

  private record Event(Exchange exchange, boolean arrival) {}

  private final Monitor monitor = new Monitor();
  private final List<Event> events = new ArrayList<>();

  Exchange arrived(Request request) {
    Exchange exchange = new Exchange(request, this);
    monitor.hold(() -> events.add(new Event(exchange, true)));
    return exchange;
  }

  void finished(Exchange exchange) {
    monitor.hold(() -> events.add(new Event(exchange, false)));
  }

  List<RecordedRequest> requests(Predicate<Request> wanted) {
    return monitor.hold(
        () ->
            events.stream()
                .filter(e -> e.arrival && wanted.test(e.exchange.request()))
                .map(e -> e.exchange.snapshot())
                .toList());
  }

  /** The most that were between arrival and the hand-over of their last bytes at one moment. */
  int maxInFlight(Predicate<Request> wanted) {
    return monitor.hold(
        () -> {
          int now = 0;
          int most = 0;
          for (Event event : events) {
            if (wanted.test(event.exchange.request())) {
              now += event.arrival ? 1 : -1;
              most = Math.max(most, now);
            }
          }
          return most;
        });
  }

  RecordedRequest awaitNth(int nth, Predicate<Request> wanted, Duration deadline) {
    monitor.await(
        () -> requests(wanted).size() >= nth,
        deadline,
        () -> "request " + nth + " has not come; so far " + requests(_ -> true));
    return requests(wanted).get(nth - 1);
  }

  void awaitAllFinished(Duration deadline) {
    monitor.await(
        () -> requests(_ -> true).stream().allMatch(RecordedRequest::finished),
        deadline,
        () ->
            "still under way: " + requests(_ -> true).stream().filter(r -> !r.finished()).toList());
  }

  void clear() {
    monitor.hold(() -> events.removeIf(e -> e.exchange.snapshot().finished()));
  }
}
