package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.upstream.Backoff;
import dev.sluice.fetcher.upstream.Upstreams;
import io.vertx.core.Vertx;
import java.util.function.Predicate;

/** All that brings manifests, tags and blobs in, put together for the current context. */
record Workshop(
    Eras eras,
    Upstreams upstreams,
    Fills fills,
    ManifestPull manifests,
    TagPull tagged,
    TagFlights tagFlights,
    BlobPull blobs,
    BlobCompletion completion,
    TagLists tagLists,
    ReferrerLists referrers,
    Shelf shelf) {

  /**
   * Puts it together.
   *
   * @param isWantedStill whether completion of an index is to go on
   */
  static Workshop open(
      Vertx vertx, Tasks tasks, FetchParts parts, Predicate<Backlog.Wanted> isWantedStill) {
    Names names = parts.names();
    Eras eras = new Eras();
    Upstreams upstreams =
        Upstreams.shared(
            vertx, parts.clock(), parts.outside(), parts.metrics(), new OwnerTokens(parts.peers()));
    upstreams.keepTo(parts.rules());
    Shelf shelf = new Shelf(parts.blobs(), names, eras, parts.clock());
    Backlog backlog = new Backlog(tasks, parts.peers().owners());
    Absences absences = new Absences(parts.clock());
    Quarantine quarantine = new Quarantine(parts.clock());
    ArchiveDoor archive = new ArchiveDoor(parts.archive(), parts.clock(), tasks);
    ManifestLookup lookup = new ManifestLookup(shelf, archive, parts.peers(), tasks);
    OwnerManifests owners = new OwnerManifests(parts.peers(), lookup, shelf);
    var forManifests = new ManifestFetch.Rooms(shelf, lookup, backlog, absences, quarantine, eras);
    ManifestFetch fetch = new ManifestFetch(forManifests, upstreams, parts.metrics());
    ManifestPull manifests = new ManifestPull(forManifests, owners, fetch, tasks);
    var forTags =
        new TagCheck.Rooms(
            names.tags(),
            new FixedTags(names.repositories(), names.tags()),
            new TagNotes(names.tags(), parts.changes(), eras),
            lookup,
            fetch,
            backlog,
            upstreams,
            parts.clock());
    TagCheck check = new TagCheck(forTags);
    TagState state = new TagState(forTags, check);
    TagFlights tagFlights = new TagFlights(state, check, owners, tasks);
    TagPull tagged = new TagPull(forTags, state, tagFlights);
    Fills fills = new Fills(parts.blobs(), parts.metrics(), parts.clock());
    BlobRoads blobs =
        blobs(parts, new BlobTools(archive, eras, fills, absences, quarantine), upstreams, tasks);
    TagLists lists = new TagLists(names.tags(), upstreams, absences, eras, tasks);
    var forCompletion = new IndexCompletion.Rooms(backlog, manifests, blobs.completion, shelf);
    backlog.workOffBy(new IndexCompletion(forCompletion, isWantedStill)::complete);
    return new Workshop(
        eras,
        upstreams,
        fills,
        manifests,
        tagged,
        tagFlights,
        blobs.pull,
        blobs.completion,
        lists,
        referrers(parts, upstreams, tagged, eras, tasks),
        shelf);
  }

  private static ReferrerLists referrers(
      FetchParts parts, Upstreams upstreams, TagPull tagged, Eras eras, Tasks tasks) {
    CachedReferrers cached = new CachedReferrers(parts.names(), parts.blobs(), tasks);
    var sources =
        new ReferrerLists.Sources(
            new UpstreamReferrers(upstreams, tagged, cached, parts.clock()),
            cached,
            new KeptReferrers(parts.clock()));
    return new ReferrerLists(sources, eras, tasks);
  }

  private record BlobTools(
      ArchiveDoor archive, Eras eras, Fills fills, Absences absences, Quarantine quarantine) {}

  private record BlobRoads(BlobPull pull, BlobCompletion completion) {}

  private static BlobRoads blobs(
      FetchParts parts, BlobTools tools, Upstreams upstreams, Tasks tasks) {
    Backoff resumes = parts.outside().deadlines().resumes();
    var route = new Handover.Route(upstreams, tasks, resumes);
    var rooms =
        new BlobFetch.Rooms(
            parts.blobs(),
            new Membership(parts.names().catalog(), tools.eras),
            tools.fills,
            tools.absences,
            tools.eras,
            parts.metrics(),
            resumes,
            new PassThrough(tools.archive, parts.peers(), route));
    BlobFetch fetch = new BlobFetch(rooms, upstreams, tools.quarantine, tasks);
    OwnerBlobs owners = new OwnerBlobs(parts.peers(), fetch, route);
    Vouching vouching = new Vouching(rooms, owners, upstreams);
    ArchivedBlobs archived = new ArchivedBlobs(tools.archive, vouching, fetch, route);
    var sources = new BlobPull.Sources(fetch, owners, archived);
    BlobPull pull = new BlobPull(vouching, sources, tasks);
    return new BlobRoads(pull, new BlobCompletion(pull, sources, rooms));
  }
}
