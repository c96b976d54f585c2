using TwilioEmu.Kernel.Journal;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Webhooks.Alerts;

namespace TwilioEmu.Products.Monitor;

/// <summary>A journal entry as the debugger tells it: an alert raised by a room, or a REST request that was refused.</summary>
/// <remarks>twilio.com/docs/usage/monitor-alert: errors and warnings of webhooks, and of requests to the REST API.</remarks>
internal sealed record LoggedAlert(Entry Entry, int Code, AlertLevel Level, string Message, string? Method, string? Url)
{
    /// <summary>The alert an entry is; null when it is none.</summary>
    public static LoggedAlert? Of(Entry entry) => entry.Data switch
    {
        Alert alert => new(entry, alert.Code, alert.Level, alert.Message, alert.Method, alert.Url),
        // What strangers tried is nobody's alert.
        RequestEntry { Refusal: { } refusal } request when entry.Account.Value.Length > 0 =>
            new(entry, refusal.Code, AlertLevel.Error, refusal.Message, request.Method, UrlOf(request.Product, entry.Subject)),
        _ => null,
    };

    /// <summary>Of a path that leads to no operation, the host is known for 2010-04-01 alone.</summary>
    private static string UrlOf(string? product, string path)
    {
        product ??= path.StartsWith("/2010-04-01/", StringComparison.Ordinal) ? "api" : null;
        return product is null ? path : $"https://{product}.twilio.com{path}";
    }

    /// <summary>The SID of what it is about; null when it is about none.</summary>
    public string? ResourceSid => Sids.Or(Entry.Subject);

    public string MoreInfo => $"https://www.twilio.com/docs/errors/{Code}";

    /// <summary>What the app answered; null where it did not.</summary>
    public int? HttpStatus => (Entry.Data as Alert)?.HttpStatus;

    /// <summary>Form-encoded pairs.</summary>
    public string Text => AlertText.Of(this);
}

/// <summary>Texts that are SIDs.</summary>
internal static class Sids
{
    /// <summary>The text when it is a SID of any kind, else null.</summary>
    public static string? Or(string text) =>
        text.Length == Kernel.Ids.SidMint.Length && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1])
            && text.Skip(2).All(char.IsAsciiHexDigit)
            ? text
            : null;
}
