package io.unpost.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.unpost.dialect.Item;
import io.unpost.gateway.engine.Redaction;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The body of every success: of 200 and of 202.
///
/// @param outcome what is so
/// @param evidence what the claim rests on
/// @param visibility for whom it is gone
/// @param at when it was settled, ISO 8601 in UTC
/// @param attempts how many attempts were made, sent or not
/// @param detail what to do; only where something is left to do
/// @param item what was deleted; null where the provider returned nothing
/// @param provider the provider's answer; null for a dry run
/// @param request what would be sent; only for a dry run
/// @param requestId the call's id in the log
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Answer(
        @Schema(
                type = "string",
                allowableValues = {"deleted", "already_gone", "unverified", "planned"})
        String outcome,

        @Schema(
                type = "string",
                allowableValues = {"echo", "acknowledged", "absence", "none"})
        String evidence,

        String account,
        String dialect,
        String kind,
        String id,

        @Schema(
                type = "string",
                allowableValues = {"everyone", "own_view"})
        String visibility,

        @Schema(format = "date-time") String at,
        int attempts,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String detail,
        @Nullable DeletedItem item,
        @Nullable Provider provider,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PlannedRequest request,
        String requestId) {

    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX");

    /// A point in time as answers write it: ISO 8601 in UTC, with milliseconds.
    static String instant(Instant at) {
        return MILLIS.format(at.atOffset(ZoneOffset.UTC));
    }

    /// What was deleted, normalised.
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(nullable = true)
    public record DeletedItem(
            String id,
            @Nullable String text,
            @Nullable String createdAt,
            @Nullable Source source,
            @Nullable InReplyTo inReplyTo,
            Counts counts,
            @Nullable Author author) {

        /// What callers see of an item: its author as they wish it, and none of the account's secrets.
        static DeletedItem of(Item item, Wishes wishes, Redaction redaction) {
            Item.Source source = item.source();
            Item.InReplyTo inReplyTo = item.inReplyTo();
            Item.Author author = item.author();
            return new DeletedItem(
                    redaction.of(item.id()),
                    redaction.ofNullable(item.text()),
                    item.createdAt() == null ? null : item.createdAt().toString(),
                    source == null ? null : new Source(redaction.of(source.name()), redaction.ofNullable(source.url())),
                    inReplyTo == null
                            ? null
                            : new InReplyTo(
                                    redaction.ofNullable(inReplyTo.id()), redaction.ofNullable(inReplyTo.authorId())),
                    new Counts(
                            item.counts().reposts(),
                            item.counts().likes(),
                            item.counts().replies()),
                    author == null ? null : Author.of(wishes.trimUser() ? author.idOnly() : author, redaction));
        }
    }

    /// The program it was published with.
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(nullable = true)
    public record Source(String name, @Nullable String url) {}

    /// What it answered.
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(nullable = true)
    public record InReplyTo(@Nullable String id, @Nullable String authorId) {}

    /// How often; null where unknown.
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Counts(
            @Nullable Long reposts,
            @Nullable Long likes,
            @Nullable Long replies) {}

    /// Who published it.
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(nullable = true)
    public record Author(
            @Nullable String id,
            @Nullable String handle,
            @Nullable String name,
            @Nullable String url,
            @Nullable String avatarUrl,
            @Nullable Boolean verified,
            @JsonProperty("protected") @Nullable Boolean isProtected) {

        private static Author of(Item.Author author, Redaction redaction) {
            return new Author(
                    redaction.ofNullable(author.id()),
                    redaction.ofNullable(author.handle()),
                    redaction.ofNullable(author.name()),
                    redaction.ofNullable(author.url()),
                    redaction.ofNullable(author.avatarUrl()),
                    author.verified(),
                    author.isProtected());
        }
    }

    /// The provider's answer.
    ///
    /// @param rateLimit null where the provider did not tell all of it
    /// @param body the answer as received; only where raw=true asked for it
    /// @param bodyTruncated whether the body is longer than what is shown
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(nullable = true)
    public record Provider(
            int status,
            @Nullable RateLimit rateLimit,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String body,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean bodyTruncated) {}

    /// The provider's rate limit.
    @Serdeable
    @Schema(nullable = true)
    public record RateLimit(long limit, long remaining, String resetAt) {

        static @Nullable RateLimit of(io.unpost.dialect.@Nullable RateLimit limit) {
            return limit == null
                    ? null
                    : new RateLimit(
                            limit.limit(), limit.remaining(), limit.resetAt().toString());
        }
    }

    /// A request that was not sent, every credential in it written as three stars.
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(nullable = true)
    public record PlannedRequest(String method, String url, Map<String, String> headers, Map<String, String> form) {}
}
