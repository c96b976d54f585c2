using System.Globalization;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Messaging.Operations;

/// <summary>The optional parameters of a create, checked.</summary>
internal sealed record MessageOptions
{
    public IReadOnlyList<string> MediaUrls { get; init; } = [];

    /// <summary>
    /// True sends even a text without media as one MMS (twilio.com/docs/messaging/api/message-resource); of channels it is not heeded.
    /// </summary>
    public bool SendsAsMms { get; init; }

    /// <summary>True where it goes by MMS.</summary>
    public bool IsMms => SendsAsMms || MediaUrls.Count > 0;

    public string? StatusCallback { get; init; }

    public string? ApplicationSid { get; init; }

    /// <summary>Null where the form says nothing of it.</summary>
    public TimeSpan? Validity { get; init; }

    public bool IsFeedbackProvided { get; init; }

    public bool IsSmartEncoded { get; init; }

    /// <summary>True where links are to be shortened by the service's domain.</summary>
    public bool ShortensLinks { get; init; }

    public bool DiscardsBody { get; init; }

    public bool ObfuscatesAddress { get; init; }

    /// <summary>Who sends it by SMS where RCS does not reach; null for whomever the service chooses.</summary>
    public string? FallbackFrom { get; init; }

    /// <summary>True sends to a landline all the same.</summary>
    public bool ForcesDelivery { get; init; }

    /// <summary>A place to show; null for none. Read from <c>PersistentAction</c>, of WhatsApp only.</summary>
    public RichPlace? Place { get; init; }

    /// <summary>
    /// True where a channel was handed what it has no use for: such a message fails (error dictionary 63030; that <c>PersistentAction</c>
    /// is meant is inferred).
    /// </summary>
    public bool IsUnsupported { get; init; }

    /// <summary>Parameters that were given and have no effect here: told in the journal.</summary>
    public IReadOnlyList<string> WithoutEffect { get; init; } = [];

    // Taken and stored by Twilio for routing, billing or channels the emulator does not have.
    private static readonly string[] NotEmulated =
        ["RiskCheck", "TrafficType", "MessageIntent", "Attempt", "MaxPrice"];

    private static readonly string[] YesOrNo = ["true", "false"];

    private static readonly (string Name, int Code, string[] Words)[] Words =
    [
        ("ContentRetention", 30029, ["retain", "discard"]), ("AddressRetention", 30030, ["retain", "obfuscate"]), ("RiskCheck", 20001,
            ["enable", "disable"]), ("TrafficType", 20001, ["free"]),
        ("ProvideFeedback", 20001, YesOrNo), ("ForceDelivery", 20001, YesOrNo), ("SmartEncoded", 20001, YesOrNo), ("ShortenUrls", 20001,
            YesOrNo), ("SendAsMms", 20001, YesOrNo),
    ];

    public static (MessageOptions? Options, TwilioError? Error) Read(FormValues form, IReadOnlyList<string> mediaUrls)
    {
        // twilio.com/docs/whatsapp/api#location-messages-with-whatsapp: geo:LATITUDE,LONGITUDE|LABEL.
        var action = form["PersistentAction"];
        var isWhatsApp = ChannelAddress.ChannelOf(form["To"] ?? "") == ChannelAddress.WhatsApp;
        var place = isWhatsApp && action is not null ? PlaceOf(action) : null;
        var isUnused = action is { Length: > 0 } && place is null;
        var isOnChannel = ChannelAddress.ChannelOf(form["To"] ?? "") is not null;
        string[] without = isUnused && !isOnChannel ? ["PersistentAction", .. Array.FindAll(NotEmulated, form.Has)]
            : Array.FindAll(NotEmulated, form.Has);
        if (FaultOfWords(form) is { } wrong) return (null, wrong);
        var callback = form["StatusCallback"];
        if (!string.IsNullOrEmpty(callback) && !MessageLimits.IsCallbackUrl(callback))
        {
            return Fail(21609, $"The 'StatusCallback' URL {callback} is not a valid URL.");
        }
        TimeSpan? validity = null;
        if (form["ValidityPeriod"] is { Length: > 0 } period)
        {
            if (!int.TryParse(period, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds < 1
                || seconds > MessageExtras.MaxValidity.TotalSeconds)
            {
                return Fail(21624, $"Invalid validity period value: {period}; it is 1 to {MessageExtras.MaxValidity.TotalSeconds} seconds");
            }
            validity = TimeSpan.FromSeconds(seconds);
        }
        if (form["MaxPrice"] is { Length: > 0 } price && !double.TryParse(price, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            return Fail(21627, $"Max Price must be a valid float: {price}");
        }
        return (new MessageOptions
        {
            MediaUrls = mediaUrls.Count == 0 ? [] : mediaUrls,
            StatusCallback = string.IsNullOrEmpty(callback) ? null : callback,
            ApplicationSid = form["ApplicationSid"],
            Validity = validity,
            IsFeedbackProvided = IsTrue(form["ProvideFeedback"]),
            IsSmartEncoded = IsTrue(form["SmartEncoded"]),
            ShortensLinks = IsTrue(form["ShortenUrls"]),
            SendsAsMms = !isOnChannel && IsTrue(form["SendAsMms"]),
            FallbackFrom = form["FallbackFrom"] is { Length: > 0 } fallback ? fallback : null,
            ForcesDelivery = IsTrue(form["ForceDelivery"]),
            DiscardsBody = string.Equals(form["ContentRetention"], "discard", StringComparison.OrdinalIgnoreCase),
            ObfuscatesAddress = string.Equals(form["AddressRetention"], "obfuscate", StringComparison.OrdinalIgnoreCase),
            Place = place,
            IsUnsupported = isUnused && isOnChannel,
            WithoutEffect = without,
        }, null);
    }

    /// <summary>True where it asks for nothing that a message keeps.</summary>
    private bool IsPlain =>
        MediaUrls.Count == 0 && (Validity is null || Validity == MessageExtras.MaxValidity) && FallbackFrom is null
            && !(IsFeedbackProvided || ShortensLinks || SendsAsMms || DiscardsBody || ObfuscatesAddress);

    /// <summary>The extras of the message to be; the shared none when nothing was asked.</summary>
    public MessageExtras ToExtras(MessagePlan plan, DateTimeOffset? sendAt, SidMint sids)
    {
        if (plan.IsPlain && sendAt is null && IsPlain) return MessageExtras.None;
        var extras = new MessageExtras
        {
            StatusCallback = plan.StatusCallback,
            MessagingServiceSid = plan.ServiceSid,
            SendAt = sendAt,
            Media = MediaUrls.Count == 0
                ? MessageExtras.None.Media
                : [.. MediaUrls.Select(url => new MediaItem(sids.New("ME"), url, MediaItem.TypeOf(url)))],
            Validity = Validity ?? plan.Validity,
            IsFeedbackProvided = IsFeedbackProvided,
            ShortensLinks = ShortensLinks,
            SendsAsMms = SendsAsMms,
            FallbackFrom = FallbackFrom,
            DiscardsBody = DiscardsBody,
            ObfuscatesAddress = ObfuscatesAddress,
        };
        return extras == MessageExtras.None ? MessageExtras.None : extras;
    }

    /// <summary><c>geo:37.787890,-122.391664|375 Beale St</c>; null for anything else.</summary>
    private static RichPlace? PlaceOf(string action)
    {
        const string Scheme = "geo:";
        if (!action.StartsWith(Scheme, StringComparison.Ordinal)) return null;
        var bar = action.IndexOf('|', StringComparison.Ordinal);
        var degrees = (bar < 0 ? action[Scheme.Length..] : action[Scheme.Length..bar]).Split(',');
        if (degrees.Length != 2 || !TryRead(degrees[0], 90, out var latitude) || !TryRead(degrees[1], 180, out var longitude)) return null;
        return new RichPlace(latitude, longitude, bar < 0 ? null : action[(bar + 1)..], null);
    }

    private static bool TryRead(string text, double most, out double degrees) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out degrees) && Math.Abs(degrees) <= most;

    /// <summary>
    /// The first parameter whose value is none of its words, or null (error dictionary 30029, 30030; of the others 20001 is inferred).
    /// </summary>
    private static TwilioError? FaultOfWords(FormValues form)
    {
        foreach (var (name, code, words) in Words)
        {
            if (form[name] is not { Length: > 0 } value || words.Contains(value, StringComparer.OrdinalIgnoreCase)) continue;
            return TwilioError.BadRequest(code, $"Invalid {name}: '{value}' is not {string.Join(" or ", words)}");
        }
        return form["Attempt"] is { Length: > 0 } attempt && !int.TryParse(attempt, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? TwilioError.BadRequest(20001, $"Invalid Attempt: '{attempt}' is not an integer") : null;
    }

    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    private static (MessageOptions? Options, TwilioError? Error) Fail(int code, string message) =>
        (null, TwilioError.BadRequest(code, message));
}
