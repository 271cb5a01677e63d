package dev.sluice.metadata;

import dev.sluice.metadata.Reference.Tag;
import dev.sluice.storage.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What goes of a repository where images are removed.
 *
 * @param images that it holds
 * @param tags that point to them
 * @param members that no other image has
 */
public record ImageRemoval(Set<Digest> images, Set<Tag> tags, Set<Digest> members) {

  /**
   * What goes along with the chosen images.
   *
   * @param held all images of the repository
   * @param tags all its tags
   */
  public static ImageRemoval of(
      List<ImageRecord> held, Map<Tag, TagEntry> tags, Set<Digest> chosen) {
    Set<Digest> going = new HashSet<>();
    Set<Digest> unlisted = new HashSet<>();
    Set<Digest> listed = new HashSet<>();
    for (ImageRecord image : held) {
      boolean goes = chosen.contains(image.digest());
      if (goes) {
        going.add(image.digest());
      }
      Set<Digest> lists = goes ? unlisted : listed;
      lists.add(image.digest());
      image.members().forEach(member -> lists.add(member.digest()));
    }
    unlisted.removeAll(listed);
    Set<Tag> pointing = new HashSet<>(tags.keySet());
    pointing.removeIf(tag -> !going.contains(tags.get(tag).digest()));
    return new ImageRemoval(going, pointing, unlisted);
  }
}
