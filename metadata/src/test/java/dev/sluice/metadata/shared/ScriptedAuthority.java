package dev.sluice.metadata.shared;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.CreationTemplates;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.RateLimits;
import dev.sluice.metadata.Repositories;
import dev.sluice.metadata.Rules;
import dev.sluice.metadata.TagIndex;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** An authority that answers, fails or is silent, as told, and counts what it is asked. */
final class ScriptedAuthority implements Metadata {

  private enum Mood {
    WELL,
    FAILING,
    SILENT
  }

  private final AtomicInteger identityQuestions = new AtomicInteger();
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private volatile Metadata metadata;
  private volatile String identity;
  private volatile Set<String> failing = Set.of();
  private volatile String garbled = "";
  private final ThreadLocal<Runnable> unreadable = ThreadLocal.withInitial(() -> () -> {});
  private volatile Mood mood = Mood.WELL;
  private volatile Future<Void> identityHeld = Future.succeededFuture();
  private Promise<Void> release = Promise.promise();

  ScriptedAuthority(Metadata metadata, String identity) {
    this.metadata = metadata;
    this.identity = identity;
  }

  /** From now on every question fails. */
  void breakDown() {
    mood = Mood.FAILING;
  }

  /** From now on no question is answered. */
  void fallSilent() {
    mood = Mood.SILENT;
  }

  /** Answers again. */
  void recover() {
    mood = Mood.WELL;
    failing = Set.of();
    garbled = "";
  }

  /** From now on these questions fail. */
  void failAt(String... methods) {
    failing = Set.of(methods);
  }

  /** Is another one from now on. */
  void become(Metadata other, String otherIdentity) {
    metadata = other;
    identity = otherIdentity;
  }

  /** From now on what this one question is about cannot be read. */
  void garble(String method) {
    garbled = method;
  }

  /** The same authority; what is asked on this thread next is asked by who wants to be told so. */
  Metadata noting(Runnable whoIsTold) {
    unreadable.set(whoIsTold);
    return this;
  }

  /** What it holds, whatever its mood is. */
  Metadata held() {
    return metadata;
  }

  Future<String> identity() {
    identityQuestions.incrementAndGet();
    return answer(() -> identityHeld.map(_ -> identity));
  }

  /** From now on nobody learns who it is. */
  void holdIdentity() {
    release = Promise.promise();
    identityHeld = release.future();
  }

  /** Says who it is. */
  void releaseIdentity() {
    release.complete();
  }

  int identityQuestions() {
    return identityQuestions.get();
  }

  /** The names of the methods that were called, in their order. */
  List<String> questions() {
    return questions;
  }

  private <T> Future<T> answer(Supplier<Future<T>> answer) {
    return switch (mood) {
      case WELL -> answer.get();
      case FAILING -> Future.failedFuture(new IOException("connection refused"));
      case SILENT -> Promise.<T>promise().future();
    };
  }

  private <T> T scripted(Class<T> contract, Supplier<T> store) {
    return contract.cast(
        Proxy.newProxyInstance(
            contract.getClassLoader(),
            new Class<?>[] {contract},
            (_, method, arguments) -> {
              questions.add(method.getName());
              if (method.getName().equals(garbled)) {
                unreadable.get().run();
                return Future.succeededFuture(
                    method.getGenericReturnType().getTypeName().contains("Optional")
                        ? Optional.empty()
                        : List.of());
              }
              return failing.contains(method.getName())
                  ? Future.failedFuture(new IOException("out of memory"))
                  : answer(() -> call(method, store.get(), arguments));
            }));
  }

  private static Future<Object> call(Method method, Object store, Object[] arguments) {
    try {
      return ((Future<?>) method.invoke(store, arguments)).map(Object.class::cast);
    } catch (IllegalAccessException | InvocationTargetException broken) {
      throw new IllegalStateException(broken);
    }
  }

  @Override
  public Rules rules() {
    return scripted(Rules.class, () -> metadata.rules());
  }

  @Override
  public CreationTemplates templates() {
    return scripted(CreationTemplates.class, () -> metadata.templates());
  }

  @Override
  public Repositories repositories() {
    return scripted(Repositories.class, () -> metadata.repositories());
  }

  @Override
  public TagIndex tags() {
    return scripted(TagIndex.class, () -> metadata.tags());
  }

  @Override
  public Catalog catalog() {
    return scripted(Catalog.class, () -> metadata.catalog());
  }

  @Override
  public RateLimits rateLimits() {
    return scripted(RateLimits.class, () -> metadata.rateLimits());
  }

  @Override
  public void close() {
    metadata.close();
  }
}
