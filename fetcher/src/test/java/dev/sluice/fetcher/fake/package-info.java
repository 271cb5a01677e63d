/**
 * A registry that counts what is asked of it and misbehaves as told.
 *
 * <p>Which words make which trouble ({@code on} stands for {@code registry.onGet(BLOBS)} or its
 * like; content and scripts can be changed at any time):
 *
 * <table>
 *   <caption>Troubles of an upstream</caption>
 *   <tr><th>trouble</th><th>words</th></tr>
 *   <tr><td>body cut short by FIN or RST, then resumed</td>
 *       <td>{@code on.once(cutAt(n))}, {@code on.times(3, resetAt(n))}</td></tr>
 *   <tr><td>resume at the wrong place; no resume at all</td>
 *       <td>{@code on.once(cutAt(n)).once(shiftingRange(7))}, {@code contentRange},
 *           {@code ignoringRange()}</td></tr>
 *   <tr><td>cut that HTTP cannot see</td><td>{@code untilClose().and(cutAt(n))}</td></tr>
 *   <tr><td>bit flip, once or always</td><td>{@code flipBitAt(n)}</td></tr>
 *   <tr><td>login page, another blob, another manifest, nothing</td>
 *       <td>{@code html()}, {@code bytesOf(digest)}, {@code empty()}</td></tr>
 *   <tr><td>size unlike the descriptor's; Content-Length unlike the body; endless; bomb</td>
 *       <td>{@code resizedTo(n)}, {@code declareLength(n)}, {@code endless()},
 *           {@code body(type, Content.zeros(n)).and(gzip())}</td></tr>
 *   <tr><td>trickle, stall in the body, no answer, end without a word</td>
 *       <td>{@code trickle(1, tenSeconds)}, {@code slow(n)}, {@code stallAt(n)},
 *           {@code neverAnswer()}, {@code closeUnanswered()}, {@code resetUnanswered()}</td></tr>
 *   <tr><td>any status, Retry-After of any kind, flapping, gone or not yet there</td>
 *       <td>{@code status(n)}, {@code tooManyRequests(text)}, {@code everySecond(status(503))},
 *           {@code registry.deleteTag}, a push in mid-test</td></tr>
 *   <tr><td>401 for ever, revoked, forged realm or challenge</td>
 *       <td>{@code requireTokens().refuseForEver()}, {@code revokeAll()}, {@code at(url)},
 *           {@code challenging(text)}</td></tr>
 *   <tr><td>token answers that are none</td>
 *       <td>{@code registry.onGet(TOKEN).always(body("application/json", text))}</td></tr>
 *   <tr><td>lying, garbled or other digest; other or decorated type; cookies</td>
 *       <td>{@code contentDigest(text)}, {@code contentType(text)}, {@code header(name,
 *           text)}</td></tr>
 *   <tr><td>not HTTP, hints, two lengths, length and chunks, 100 000 headers, a second answer</td>
 *       <td>{@code garbage(text)}, {@code earlyHints(50)}, {@code extraHeader},
 *           {@code lengthAndChunks(n)}, {@code manyHeaders(n)}, {@code smuggled(body)}</td></tr>
 *   <tr><td>hostile manifests of any kind</td>
 *       <td>{@code registry.manifest(repository, type, bytes)}</td></tr>
 *   <tr><td>redirects: other host, path, chain, circle, any Location, manifests too</td>
 *       <td>{@code redirectBlobs(Redirects.plain().hops(3))}, {@code redirectTo(307, text)}</td></tr>
 *   <tr><td>tags: a million, bad names, Link to elsewhere or to itself</td>
 *       <td>{@code registry.tag}, {@code body("application/json", text)},
 *           {@code header("Link", text)}</td></tr>
 *   <tr><td>self-signed, downgrade to http</td>
 *       <td>{@code FakeOptions.plain().tls(SelfSigned.in(folder))} and {@code redirectTo}</td></tr>
 * </table>
 *
 * <p>What never reaches a socket (dropped or refused connections, names that change their address)
 * is beyond it.
 */
package dev.sluice.fetcher.fake;
