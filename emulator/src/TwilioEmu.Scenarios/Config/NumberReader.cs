using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Reads the numbers that accounts own from the start.</summary>
public static class NumberReader
{
    /// <summary>
    /// What the API sets on a number too (twilio.com/docs/phone-numbers/api/incomingphonenumber-resource);
    /// the service's own rules are checked where the number is made.
    /// </summary>
    public static IReadOnlyList<NumberParameter> Parameters { get; } =
    [
        new("friendly_name", "text", "its name", "", Words.FriendlyName),
        new("sms_url", "URL", "asked when a text comes in", "", Words.Url),
        new("sms_method", "GET or POST", "how (POST)", "POST", Words.Method),
        new("sms_fallback_url", "URL", "asked when that fails", "", Words.Url),
        new("sms_fallback_method", "GET or POST", "how (POST)", "POST", Words.Method),
        new("voice_url", "URL", "asked when a call comes in", "", Words.Url),
        new("voice_method", "GET or POST", "how (POST)", "POST", Words.Method),
        new("voice_fallback_url", "URL", "asked when that fails", "", Words.Url),
        new("voice_fallback_method", "GET or POST", "how (POST)", "POST", Words.Method),
        new(
            "voice_caller_id_lookup", "true or false", "callers' names are looked up (false)", "false",
            static t => t is "true" or "false" ? null : $"\"{t}\" is not true or false{Cures.OfFlag(t)}"),
        new("status_callback", "URL", "told when a call has ended", "", Words.Url),
        new("status_callback_method", "GET or POST", "how (POST)", "POST", Words.Method),
    ];

    internal static Settings<PhoneNumberSpec> Rows { get; } = Parameters.Aggregate(
        new Settings<PhoneNumberSpec>()
            .Need("number", "phone number or short code", "needed", Words.NumberOrShortCode, static (n, v) => n with { Number = v })
            .OneOf("type", NumberKinds.Words, "told from the number unless told", static (n, v) => n with { Kind = v })
            .Text("account", "SID or name", "whose (the first account's)", Words.NonEmpty, static (n, v) => n with { Account = v })
            .Text("country", "two letters", "the country of a short code (US)", Words.Country, static (n, v) => n with { Country = v })
            .Number("messages_per_second", 0.001, 100_000, "how fast texts leave", static (n, v) => n with { MessagesPerSecond = v }),
        static (rows, parameter) => rows.Add(
            parameter.Key, parameter.Takes, parameter.Means,
            (number, fields, key) => fields.Word(key, parameter.Check) is not { } value
                ? number
                : number with { Parameters = new Dictionary<string, string>(number.Parameters) { [parameter.Name] = value } },
            ValueShape.Word));

    internal static List<PhoneNumberSpec> Read(Fields fields)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return Rows.ReadAll(fields, "numbers", new PhoneNumberSpec { Number = "" }, (number, at) =>
        {
            if (number.Number.Length == 0) return;
            if (!seen.Add(number.Number)) at.Fault("number", $"the number {number.Number} stands there twice");
            if (number.Country is not null && number.Number.StartsWith('+'))
            {
                at.Fault("country", $"is said by the digits of {number.Number}: only short codes have one of their own");
            }
            if (number.Kind is { } kind && number.Number.StartsWith('+') == (kind == NumberKind.ShortCode))
            {
                var can = kind == NumberKind.ShortCode
                    ? "what begins with a plus is a long-code or toll-free"
                    : "what has no plus is a short-code";
                at.Fault("type", $"{number.Number} cannot be a {NumberKinds.Words.Spell(kind)}: {can}");
            }
        });
    }
}

/// <summary>A setting of a number that the API has too.</summary>
/// <param name="Key">In a file, and in the resource: <c>sms_url</c>.</param>
/// <param name="Takes">What stands behind it.</param>
/// <param name="Means">What it does.</param>
/// <param name="Usual">What a number just bought has.</param>
/// <param name="Check">What is wrong with a value, or null.</param>
public sealed record NumberParameter(
    string Key, string Takes, string Means, string Usual, Func<string, string?> Check) : Setting(Key, Takes, Means)
{
    /// <summary>Its parameter: <c>SmsUrl</c>.</summary>
    public string Name { get; } = string.Concat(Key.Split('_').Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));
}
