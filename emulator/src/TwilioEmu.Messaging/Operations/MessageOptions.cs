using System.Globalization;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Messaging.Operations;

/// <summary>The optional parameters of a create, checked.</summary>
internal sealed record MessageOptions
{
    public IReadOnlyList<string> MediaUrls { get; init; } = [];

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

    /// <summary>Parameters that were given and have no effect here: told in the journal.</summary>
    public IReadOnlyList<string> WithoutEffect { get; init; } = [];

    // Taken and stored by Twilio for routing, billing or channels the emulator does not have.
    private static readonly string[] NotEmulated =
        ["SendAsMms", "PersistentAction", "RiskCheck", "TrafficType", "MessageIntent", "Attempt", "MaxPrice"];

    public static (MessageOptions? Options, TwilioError? Error) Read(FormValues form, IReadOnlyList<string> mediaUrls)
    {
        var callback = form["StatusCallback"];
        if (!string.IsNullOrEmpty(callback) && !MessageLimits.IsCallbackUrl(callback)) return Fail(21609, $"The 'StatusCallback' URL {callback} is not a valid URL.");
        TimeSpan? validity = null;
        if (form["ValidityPeriod"] is { } period)
        {
            if (!int.TryParse(period, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds < 1 || seconds > MessageExtras.MaxValidity.TotalSeconds)
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
            MediaUrls = mediaUrls,
            StatusCallback = string.IsNullOrEmpty(callback) ? null : callback,
            ApplicationSid = form["ApplicationSid"],
            Validity = validity,
            IsFeedbackProvided = IsTrue(form["ProvideFeedback"]),
            IsSmartEncoded = IsTrue(form["SmartEncoded"]),
            ShortensLinks = IsTrue(form["ShortenUrls"]),
            FallbackFrom = form["FallbackFrom"] is { Length: > 0 } fallback ? fallback : null,
            ForcesDelivery = IsTrue(form["ForceDelivery"]),
            DiscardsBody = form["ContentRetention"] == "discard",
            ObfuscatesAddress = form["AddressRetention"] == "obfuscate",
            WithoutEffect = Array.FindAll(NotEmulated, form.Has),
        }, null);
    }

    /// <summary>The extras of the message to be; the shared none when nothing was asked.</summary>
    public MessageExtras ToExtras(MessagePlan plan, DateTimeOffset? sendAt, Func<string> newMediaSid)
    {
        var extras = new MessageExtras
        {
            StatusCallback = plan.StatusCallback,
            MessagingServiceSid = plan.ServiceSid,
            SendAt = sendAt,
            Media = MediaUrls.Count == 0 ? MessageExtras.None.Media : [.. MediaUrls.Select(url => new MediaItem(newMediaSid(), url, MediaItem.TypeOf(url)))],
            Validity = Validity ?? plan.Validity,
            IsFeedbackProvided = IsFeedbackProvided,
            ShortensLinks = ShortensLinks,
            FallbackFrom = FallbackFrom,
            DiscardsBody = DiscardsBody,
            ObfuscatesAddress = ObfuscatesAddress,
        };
        return extras == MessageExtras.None ? MessageExtras.None : extras;
    }

    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    private static (MessageOptions? Options, TwilioError? Error) Fail(int code, string message) => (null, TwilioError.BadRequest(code, message));
}
