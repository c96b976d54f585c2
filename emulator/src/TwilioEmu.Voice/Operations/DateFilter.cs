using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Voice.Operations;

/// <summary>
/// <c>Name=</c> that day or instant, <c>Name&lt;=</c> and <c>Name&gt;=</c> up
/// to and from it, both inclusive; a bare date there is its midnight.
/// </summary>
/// <remarks>
/// twilio.com/docs/usage/requests-to-twilio; of bare dates: saintpete/twilio-go#8, and the documents' "on or before midnight".
/// </remarks>
internal sealed record DateFilter(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Null with a fault.</summary>
    public static DateFilter? TryRead(FormValues query, string name, out TwilioError? fault)
    {
        fault = null;
        var (from, until) = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        (string, bool, bool)[] filters = [(name, true, true), (name + "<", false, true), (name + ">", true, false)];
        foreach (var (key, isFrom, isUntil) in filters)
        {
            if (query[key] is not { Length: > 0 } text) continue;
            if (!TwilioDates.TryParseFilter(text, out var first, out var next))
            {
                fault = TwilioError.BadRequest(20001, $"Invalid date value. {key}: '{text}' is not a date (YYYY-MM-DD)");
                return null;
            }
            if (isFrom && first > from) from = first;
            if (!isFrom) next = first.AddSeconds(1);
            if (isUntil && next < until) until = next;
        }
        return new DateFilter(from, until);
    }

    public bool Has(DateTimeOffset at) => at >= From && at < Until;
}
