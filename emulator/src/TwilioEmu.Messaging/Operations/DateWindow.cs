using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Messaging.Operations;

/// <summary>The span of instants that a list's date filters leave: <c>DateSent=</c>, <c>DateSent&gt;=</c>, <c>DateSent&lt;=</c>.</summary>
/// <remarks>
/// <c>DateSent=2024-01-02</c> is the whole UTC day; <c>DateSent&gt;</c> and <c>DateSent&lt;</c> include their bound, because the
/// <c>=</c> of the URL belongs to the name.
/// </remarks>
internal readonly record struct DateWindow(DateTimeOffset? NotBefore, DateTimeOffset? Before)
{
    public static (DateWindow Window, TwilioError? Error) Read(FormValues query, string name)
    {
        DateTimeOffset? notBefore = null, before = null;
        foreach (var (parameter, isLower, isUpper) in new[] { (name, true, true), ($"{name}>", true, false), ($"{name}<", false, true) })
        {
            if (query[parameter] is not { Length: > 0 } text) continue;
            if (!TwilioDates.TryParseFilter(text, out var from, out var end))
            {
                return (
                    default,
                    TwilioError.BadRequest(
                        20001, $"Invalid date value. {parameter} is not a date: {text}; wanted YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ"));
            }
            if (isLower && (notBefore is null || notBefore < from)) notBefore = from;
            // A bound is the second it names; a midnight is its day by equality only.
            if (!isLower) end = TwilioDates.TryParse(text, out _, out var second) ? second : from.AddSeconds(1);
            if (isUpper && (before is null || end < before)) before = end;
        }
        return (new DateWindow(notBefore, before), null);
    }

    public bool Holds(DateTimeOffset at) => (NotBefore is null || at >= NotBefore) && (Before is null || at < Before);
}
