using System.Text.Json.Nodes;

namespace TwilioEmu;

/// <summary>A number that an account owns from the start; the words are those of Twilio's IncomingPhoneNumber resource.</summary>
/// <param name="Number">E.164, or the digits of a short code.</param>
public sealed record NumberSetup(string Number)
{
    /// <summary><c>long-code</c>, <c>toll-free</c> or <c>short-code</c>; null: told from the digits.</summary>
    public string? Type { get; init; }

    /// <summary>SID or friendly name of its owner; null for the first account.</summary>
    public string? Account { get; init; }

    /// <summary>1 to 64 characters.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>Asked when it is texted.</summary>
    public string? SmsUrl { get; init; }

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string? SmsMethod { get; init; }

    /// <summary>Asked when the first fails.</summary>
    public string? SmsFallbackUrl { get; init; }

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string? SmsFallbackMethod { get; init; }

    /// <summary>Asked when it is called.</summary>
    public string? VoiceUrl { get; init; }

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string? VoiceMethod { get; init; }

    /// <summary>Asked when the first fails.</summary>
    public string? VoiceFallbackUrl { get; init; }

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string? VoiceFallbackMethod { get; init; }

    /// <summary>True looks up its callers' names.</summary>
    public bool? VoiceCallerIdLookup { get; init; }

    /// <summary>Told of its calls' ends.</summary>
    public string? StatusCallback { get; init; }

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string? StatusCallbackMethod { get; init; }

    /// <summary>Segments per second it may send; null for its type's rate: 1, 3 or 100.</summary>
    public double? MessagesPerSecond { get; init; }

    /// <summary>Two letters: the country of a short code; null for the United States.</summary>
    public string? Country { get; init; }

    internal JsonObject ToJson()
    {
        var json = new JsonObject { ["number"] = Number };
        (string Key, string? Value)[] texts =
        [
            ("type", Type), ("account", Account), ("friendly_name", FriendlyName), ("sms_url", SmsUrl), ("sms_method", SmsMethod),
            ("sms_fallback_url", SmsFallbackUrl), ("sms_fallback_method", SmsFallbackMethod), ("voice_url", VoiceUrl),
            ("voice_method", VoiceMethod),
            ("voice_fallback_url", VoiceFallbackUrl), ("voice_fallback_method", VoiceFallbackMethod), ("status_callback", StatusCallback),
            ("status_callback_method", StatusCallbackMethod), ("country", Country),
        ];
        foreach (var (key, value) in texts) if (value is not null) json[key] = value;
        if (VoiceCallerIdLookup is { } looksUp) json["voice_caller_id_lookup"] = looksUp;
        if (MessagesPerSecond is { } rate) json["messages_per_second"] = rate;
        return json;
    }
}
