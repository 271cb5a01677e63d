package dev.sluice.fetcher.fake;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a fake has seen. Requests count from the moment their head has arrived, refused ones too.
 *
 * <p>Regular expressions are looked for anywhere in the path, which is taken as sent and without
 * its query.
 */
public sealed interface Observed permits FakeRegistry {

  /** The record that the rest is read from. */
  Journal journal();

  /** Every request so far, in the order of arrival. */
  default List<RecordedRequest> requests() {
    return journal().requests(_ -> true);
  }

  /** The requests of this kind so far, in the order of arrival. */
  default List<RecordedRequest> requests(String method, String path) {
    return journal().requests(matching(method, path));
  }

  /** How many requests of this kind there were. */
  default int count(String method, String path) {
    return requests(method, path).size();
  }

  /** Requests to a host other than the registry and its realm that carried a secret. */
  default List<RecordedRequest> credentialsSeenByCdn() {
    return journal()
        .requests(
            r ->
                r.listener() == Listener.CDN
                    && (r.headers().has("Authorization") || r.headers().has("Cookie")));
  }

  /**
   * The most requests that were under way at one moment: from a request's arrival until the last
   * bytes of its answer were handed to the socket.
   */
  default int maxInFlight() {
    return journal().maxInFlight(_ -> true);
  }

  /** The most requests of this kind that were under way at one moment. */
  default int maxInFlight(String method, String path) {
    return journal().maxInFlight(matching(method, path));
  }

  /** Blocks until the nth request of this kind has arrived, from 1; fails after 10 s. */
  default RecordedRequest awaitRequest(int nth, String method, String path) {
    return journal().awaitNth(nth, matching(method, path), Monitor.PATIENCE);
  }

  /** Blocks until the nth request of this kind has arrived, from 1; fails past the deadline. */
  default RecordedRequest awaitRequest(int nth, String method, String path, Duration deadline) {
    return journal().awaitNth(nth, matching(method, path), deadline);
  }

  /** Blocks until a request of this kind has arrived; fails past the deadline. */
  default RecordedRequest awaitRequest(String method, String path, Duration deadline) {
    return journal().awaitNth(1, matching(method, path), deadline);
  }

  /** Blocks until no request is under way; fails after 10 s. */
  default void awaitIdle() {
    journal().awaitAllFinished(Monitor.PATIENCE);
  }

  /** Forgets the requests that have ended, so that a test can count from zero. */
  default void forgetRequests() {
    journal().clear();
  }

  /** Requests of a method whose path contains a match. */
  static Predicate<Request> matching(String method, String path) {
    return at(path).and(request -> request.method().equals(method));
  }

  /** Requests whose path contains a match. */
  static Predicate<Request> at(String path) {
    Pattern pattern = Pattern.compile(path);
    return request -> pattern.matcher(request.path()).find();
  }
}
