using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Messaging.Operations;

/// <summary>The filters of a list of messages.</summary>
/// <remarks>
/// <c>DateSent=2024-01-02</c> is the whole UTC day; <c>DateSent&gt;</c> and <c>DateSent&lt;</c> include their bound, because the
/// <c>=</c> of the URL belongs to the name. A message that was not sent yet counts by its creation (inferred).
/// </remarks>
internal sealed record MessageFilter(string? To, string? From, DateTimeOffset? NotBefore, DateTimeOffset? Before)
{
    public static (MessageFilter? Filter, TwilioError? Error) Read(FormValues query)
    {
        DateTimeOffset? notBefore = null, before = null;
        foreach (var (name, isLower, isUpper) in new[] { ("DateSent", true, true), ("DateSent>", true, false), ("DateSent<", false, true) })
        {
            if (query[name] is not { Length: > 0 } text) continue;
            if (!TwilioDates.TryParseFilter(text, out var from, out var end)) return (null, TwilioError.BadRequest(20001, $"{name} is not a date: {text}; wanted YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ"));
            if (isLower && (notBefore is null || notBefore < from)) notBefore = from;
            // A bound is the second it names; a midnight is its day by equality only.
            if (!isLower) end = TwilioDates.TryParse(text, out _, out var second) ? second : from.AddSeconds(1);
            if (isUpper && (before is null || end < before)) before = end;
        }
        return (new MessageFilter(Address(query["To"]), Address(query["From"]), notBefore, before), null);
    }

    public bool Matches(Message message)
    {
        if (To is not null && message.To != To) return false;
        if (From is not null && message.From != From) return false;
        var at = message.Sent ?? message.Created;
        return (NotBefore is null || at >= NotBefore) && (Before is null || at < Before);
    }

    private static string? Address(string? text) => string.IsNullOrEmpty(text) ? null : E164.TryNormalize(text, out var e164) ? e164 : text;
}
