using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Monitor;

/// <summary>The instants a list is narrowed to; the end does not belong to it.</summary>
internal readonly record struct DateRange(DateTimeOffset From, DateTimeOffset Until)
{
    public static DateRange Always { get; } = new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    public bool Holds(DateTimeOffset at) => at >= From && at < Until;

    /// <summary><c>StartDate</c> and <c>EndDate</c>, both inclusive; their spelling was checked before.</summary>
    public static DateRange Read(FormValues query)
    {
        var range = Always;
        if (query["StartDate"] is { Length: > 0 } start && TwilioDates.TryParseFilter(start, out var from, out _))
        {
            range = range with { From = from };
        }
        if (query["EndDate"] is { Length: > 0 } end
            && (TwilioDates.TryParse(end, out _, out var until) || TwilioDates.TryParseFilter(end, out _, out until)))
        {
            range = range with { Until = until };
        }
        return range;
    }

    /// <summary>
    /// <c>Name</c> a day or a second, <c>Name&lt;</c> up to an instant, <c>Name&gt;</c> from it on, both inclusive;
    /// a bare date there is its midnight.
    /// </summary>
    /// <remarks>twilio.com/docs/usage/twilios-response; of bare dates: saintpete/twilio-go#8.</remarks>
    public static DateRange Read(FormValues query, string name)
    {
        var range = Always;
        if (query[name] is { Length: > 0 } on && TwilioDates.TryParseFilter(on, out var first, out var last)) range = new(first, last);
        if (query[name + "<"] is { Length: > 0 } before && TwilioDates.TryParseFilter(before, out var until, out _))
        {
            range = range with { Until = until.AddSeconds(1) };
        }
        if (query[name + ">"] is { Length: > 0 } after && TwilioDates.TryParseFilter(after, out var from, out _))
        {
            range = range with { From = from };
        }
        return range;
    }
}
