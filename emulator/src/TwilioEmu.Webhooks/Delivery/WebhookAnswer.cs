namespace TwilioEmu.Webhooks.Delivery;

/// <summary>What came of a webhook: an answer, or Twilio's code for why there is none.</summary>
public sealed record WebhookAnswer
{
    /// <summary>Status of the last answer, null when none came.</summary>
    public int? Status { get; init; }

    /// <summary>As sent by the app, parameters included; null when absent.</summary>
    public string? ContentType { get; init; }

    /// <summary>At most 64 KiB for TwiML; media fetches are bounded separately.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Where the answer came from after redirects, with the public name; relative URLs in it resolve against this.</summary>
    public required Uri Url { get; init; }

    /// <summary>0 for a usable 2xx answer; else 11200, 11205, 11750, ... (twilio.com/docs/api/errors).</summary>
    public int ErrorCode { get; init; }

    /// <summary>What went wrong, in words.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Seq of the journal entry that records the exchange: the cause of what follows from it.</summary>
    public required long Entry { get; init; }

    public bool IsUsable => ErrorCode == 0;
}
