package io.unpost.dialect;

import java.util.regex.Pattern;

/// One kind of thing a dialect can delete, with the provider's facts about it.
///
/// @param kind what it is
/// @param id the ids that are well-formed; the whole id must match. Write digits as `[0-9]`: `\d` may take others
/// @param idForm the same in words, for the error a caller reads, for example `1 to 19 digits`
/// @param visibility for whom it is gone afterwards
/// @param grantedAs the kind a caller must be allowed to delete; another than `kind` where the provider knows no
///     difference, as Weibo's reposts, which are posts
public record Deletable(Kind kind, Pattern id, String idForm, Visibility visibility, Kind grantedAs) {

    /// For whom a deleted thing is gone.
    public enum Visibility {
        /// Nobody can see it any more.
        EVERYONE,
        /// It is gone from the account's own view only; others may still see it.
        OWN_VIEW
    }

    /// A kind that is gone for everyone and granted under its own name.
    public Deletable(Kind kind, Pattern id, String idForm) {
        this(kind, id, idForm, Visibility.EVERYONE, kind);
    }

    /// Whether an id is well-formed for this kind.
    public boolean accepts(String candidate) {
        return id.matcher(candidate).matches();
    }
}
