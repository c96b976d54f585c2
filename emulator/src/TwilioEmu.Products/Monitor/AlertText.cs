using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using TwilioEmu.Webhooks.Alerts;

namespace TwilioEmu.Products.Monitor;

/// <summary>
/// The <c>alert_text</c> of a Monitor alert, the <c>message_text</c> of a notification: form-encoded pairs, which ones by code.
/// </summary>
/// <remarks>
/// Observed of 11200, 12100, 12200, 13225, 13227, 14101 and 14107 (fixtures of twilio-go, twilio-java and twilio-ruby; bmlt-enabled/yap
/// #150, #415); the live service keeps no order. The texts of other codes are unknown: <c>Msg</c>, <c>ErrorCode</c>, <c>LogLevel</c>, and
/// <c>httpResponse</c> and <c>url</c> where there was a request (inferred). <c>LogLevel</c> is ERROR or WARN.
/// </remarks>
internal static partial class AlertText
{
    private const string VoiceComponent = "12000";
    private const string MessagingComponent = "14100";

    public static string Of(LoggedAlert alert)
    {
        var isVoice = alert.ResourceSid?.StartsWith("CA", StringComparison.Ordinal) == true;
        var isMessage = alert.ResourceSid is { } sid
            && (sid.StartsWith("SM", StringComparison.Ordinal) || sid.StartsWith("MM", StringComparison.Ordinal));
        var (text, line, column) = PlaceIn(alert.Message);
        var (code, level) = (Number(alert.Code), LevelOf(alert));
        return alert.Code switch
        {
            11200 when isVoice => Pairs(
                ("Msg", ""), ("sourceComponent", VoiceComponent), ("ErrorCode", code), ("httpResponse", Number(alert.HttpStatus)),
                ("url", alert.Url), ("LogLevel", level)),
            11200 when isMessage => Pairs(
                ("sourceComponent", MessagingComponent), ("httpResponse", Number(alert.HttpStatus)), ("url", alert.Url),
                ("ErrorCode", code), ("LogLevel", level),
                ("Msg", ReasonOf(alert)), ("EmailNotification", "false")),
            >= 12100 and <= 12102 =>
                Pairs(
                    ("Msg", ""), ("parserMessage", $"Error on line {line ?? "1"} of document : {text}"), ("ErrorCode", code),
                    ("LogLevel", level)),
            12200 => Pairs(
                ("Msg", "XML Validation warning"), ("line", line ?? "0"), ("cols", column ?? "0"), ("parserMessage", text),
                ("ErrorCode", code), ("LogLevel", level), ("url", alert.Url)),
            13225 => Pairs(("phonenumber", NumberIn(text)), ("LogLevel", level), ("Msg", "forbidden phone number "), ("ErrorCode", code)),
            13227 => Pairs(("phonenumber", NumberIn(text)), ("LogLevel", level), ("Msg", "not authorized to call "), ("ErrorCode", code)),
            14107 => Pairs(
                ("EmailNotification", "true"), ("LogLevel", level), ("To", NumberIn(text)),
                ("Msg", $"Reply rate limit hit replying to {NumberIn(text)}"), ("ErrorCode", code)),
            >= 14100 and < 14200 =>
                Pairs(
                    ("sourceComponent", MessagingComponent), ("ErrorCode", code), ("LogLevel", level), ("Msg", text),
                    ("EmailNotification", "false")),
            _ =>
                Pairs(
                    ("Msg", alert.Message), ("ErrorCode", code), ("LogLevel", level), ("httpResponse", Number(alert.HttpStatus)),
                    ("url", alert.Url)),
        };
    }

    private static string LevelOf(LoggedAlert alert) => alert.Level == AlertLevel.Warning ? "WARN" : alert.Level.Word().ToUpperInvariant();

    /// <summary>The answer's own words where there was one: <c>Internal Server Error</c>.</summary>
    private static string ReasonOf(LoggedAlert alert) =>
        alert.HttpStatus is { } status && ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : alert.Message;

    private static (string Text, string? Line, string? Column) PlaceIn(string message) =>
        Place().Match(message) is { Success: true } match
            ? (message[..match.Index], match.Groups[1].Value, match.Groups[2].Value)
            : (message, null, null);

    private static string NumberIn(string text) => Phone().Match(text).Value;

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>A pair without a value is left out, but for <c>Msg</c>.</summary>
    private static string Pairs(params ReadOnlySpan<(string Name, string? Value)> pairs)
    {
        var parts = new List<string>(pairs.Length);
        foreach (var (name, value) in pairs)
        {
            if (name == "Msg" || !string.IsNullOrEmpty(value)) parts.Add($"{name}={WebUtility.UrlEncode(value)}");
        }
        return string.Join('&', parts);
    }

    [GeneratedRegex(@" \(line (\d+), column (\d+)\)$")]
    private static partial Regex Place();

    [GeneratedRegex(@"\+\d+")]
    private static partial Regex Phone();

}
