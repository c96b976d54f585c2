using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Messaging.Lifecycle;

/// <summary>What a message was asked to be beyond its text; most messages share <see cref="None"/>.</summary>
public sealed record MessageExtras
{
    /// <summary>Twilio's longest and default stay in a queue: ten hours.</summary>
    public static readonly TimeSpan MaxValidity = TimeSpan.FromSeconds(36_000);

    public static MessageExtras None { get; } = new();

    internal static MessageExtras Walk(MessageExtras? r, Members m) => new()
    {
        StatusCallback = m.TextOrNull("status_callback", r?.StatusCallback),
        MessagingServiceSid = m.TextOrNull("messaging_service_sid", r?.MessagingServiceSid),
        Media = m.List("media", r?.Media, MediaItem.Walk),
        SendAt = m.InstantOrNull("send_at", r?.SendAt),
        HasMediaAsLink = m.Flag("media_as_link", r?.HasMediaAsLink),
        ShortensLinks = m.Flag("shorten_urls", r?.ShortensLinks),
        SendsAsMms = m.Flag("send_as_mms", r?.SendsAsMms),
        Content = m.PartOrNull("content", r?.Content, ContentOrder.Walk),
        Shown = m.PartOrNull("shown", r?.Shown, RichContent.Walk),
        FallbackFrom = m.TextOrNull("fallback_from", r?.FallbackFrom),
        IsMediaHere = m.Flag("media_here", r?.IsMediaHere),
        Validity = m.Span("validity_period", r?.Validity),
        IsFeedbackProvided = m.Flag("provide_feedback", r?.IsFeedbackProvided),
        DiscardsBody = m.Flag("discards_body", r?.DiscardsBody),
        ObfuscatesAddress = m.Flag("obfuscates_address", r?.ObfuscatesAddress),
    };

    /// <summary>Where status changes are told, as configured; null for nowhere.</summary>
    public string? StatusCallback { get; init; }

    public string? MessagingServiceSid { get; init; }

    public IReadOnlyList<MediaItem> Media { get; init; } = [];

    /// <summary>When a scheduled message is to be queued; null for one that never was.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>
    /// True when its media go as a link in the text: there is no way for them (twilio.com/docs/messaging/services, MMS converter).
    /// </summary>
    public bool HasMediaAsLink { get; init; }

    /// <summary>True when it goes as one MMS whether it has media or not.</summary>
    public bool SendsAsMms { get; init; }

    /// <summary>True when it goes by MMS.</summary>
    public bool IsMms => !HasMediaAsLink && (SendsAsMms || Media.Count > 0);

    /// <summary>True when the links in its text are to be shortened.</summary>
    public bool ShortensLinks { get; init; }

    /// <summary>The template it is made of; null for one that was written.</summary>
    public ContentOrder? Content { get; init; }

    /// <summary>What its channel shows around its words; null until its sender is known, and for plain text.</summary>
    public RichContent? Shown { get; init; }

    /// <summary>Who sends it by SMS where RCS does not reach its recipient; null for whomever the service chooses.</summary>
    public string? FallbackFrom { get; init; }

    /// <summary>True once its media were fetched.</summary>
    public bool IsMediaHere { get; init; }

    /// <summary>How long it may wait in the queue before it fails with 30036.</summary>
    public TimeSpan Validity { get; init; } = MaxValidity;

    /// <summary>True when the sender asked to be allowed to report delivery itself.</summary>
    public bool IsFeedbackProvided { get; init; }

    /// <summary>True when the body is to be forgotten once the message is done.</summary>
    public bool DiscardsBody { get; init; }

    /// <summary>True when the last digits of the recipient are to be forgotten once the message is done.</summary>
    public bool ObfuscatesAddress { get; init; }
}
