package dev.sluice.fetcher.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.ConnectException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a failure, for the towers of exceptions that Java builds. */
final class MishapTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(
            handshake(new CertPathValidatorException(new CertificateExpiredException("NotAfter"))),
            "its TLS certificate has expired and must be renewed there"),
        arguments(handshake(new CertificateNotYetValidException("NotBefore")), "not valid yet"),
        arguments(handshake(new CertPathBuilderException("unable to find")), "trust store"),
        arguments(
            handshake(new CertificateException("No name matching a found")), "for another host"),
        arguments(handshake(new IllegalStateException("x")), "TLS: handshake"),
        arguments(
            new ConnectException("Connection refused: /127.0.0.1:1"),
            "refused: 127.0.0.1:1; check"),
        arguments(new RuntimeException(new TimeoutException("1234 ms")), "no answer in time"),
        arguments(new IllegalStateException("plain"), "plain"),
        arguments(new IllegalStateException(), "IllegalStateException"));
  }

  private static Exception handshake(Exception cause) {
    SSLHandshakeException failed = new SSLHandshakeException("handshake");
    failed.initCause(new CertificateException("PKIX", cause));
    return failed;
  }

  @ParameterizedTest
  @MethodSource("failures")
  void theCauseIsNamedThatSaysMost(Exception failure, String words) {
    assertThat(Mishap.words(failure)).contains(words);
  }

  /** A cause may be its own cause's cause. */
  @Test
  void aCircleEnds() {
    Exception one = new Exception("one");
    Exception two = new Exception("two", one);
    one.initCause(two);
    assertThat(Mishap.words(one)).isEqualTo("two");
  }
}
