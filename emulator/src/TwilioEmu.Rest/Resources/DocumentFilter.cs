using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using ValueType = TwilioEmu.Rest.Catalog.ValueType;

namespace TwilioEmu.Rest.Resources;

/// <summary>A list's filters, held against documents.</summary>
/// <remarks>
/// twilio.com/docs/usage/requests-to-twilio: equality; whole UTC days; <c>DateCreated&lt;</c> and <c>DateCreated&gt;</c>, both inclusive.
/// Pure.
/// </remarks>
internal static class DocumentFilter
{
    /// <summary>True when the document passes every filter that its shape has a property for.</summary>
    public static bool Passes(Document document, Operation list, FormValues query)
    {
        foreach (var (name, value) in query.Pairs)
        {
            if (value.Length == 0 || Target(list, name) is not { } filter) continue;
            if (!Passes(document[filter.Property.Name], filter.Property, value, filter.Bound)) return false;
        }
        return true;
    }

    /// <summary>Known parameters that no property answers to, or null.</summary>
    public static List<string>? Unknown(Operation list, FormValues query)
    {
        List<string>? names = null;
        foreach (var (name, _) in query.Pairs)
        {
            if (name is "PageSize" or "Page" or "PageToken" or "Order" || list.Find(ParameterPlace.Query, name) is null
                || Target(list, name) is not null)
            {
                continue;
            }
            (names ??= []).Add(name);
        }
        return names;
    }

    private static (Property Property, char Bound)? Target(Operation list, string name)
    {
        if (list.Find(ParameterPlace.Query, name) is not { } parameter) return null;
        if (name[^1] is '<' or '>') return list.Shape!.Find(SnakeCase.Of(name[..^1])) is { } bounded ? (bounded, name[^1]) : null;
        if (list.Shape!.Find(parameter.Property) is { } same) return (same, '=');
        foreach (var property in list.Shape!.Properties) if (SnakeCase.AreAlike(property.Name, name)) return (property, '=');
        foreach (var (ending, bound) in Endings)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal) && list.Shape!.Find(SnakeCase.Of(name[..^ending.Length])) is { } ranged)
            {
                return (ranged, bound);
            }
        }
        // StartDate and EndDate bound when a thing was made, in whatever way its shape says so.
        if (name is not ("StartDate" or "EndDate" or "StartDateTime" or "EndDateTime")) return null;
        return (list.Shape.Find("date_created") ?? list.Shape.Find("event_date")) is { } created
            ? (created, name[0] == 'S' ? '>' : '<')
            : null;
    }

    // DateCreatedAfter and kin (twilio.com/docs/video/api/rooms-resource, twilio.com/docs/serverless/api/resource/logs).
    private static readonly (string Ending, char Bound)[] Endings = [("After", '>'), ("From", '>'), ("Before", '<'), ("To", '<')];

    private static bool Passes(string? actual, Property property, string wanted, char bound)
    {
        if (actual is null) return false;
        var isInstant = property.Facts.Format is "date-time" or "date-time-rfc-2822" or "date";
        if (isInstant && TwilioDates.TryParseFilter(wanted, out var from, out var to) && TwilioDates.TryParse(actual, out var at, out _))
        {
            // A bare date bounds by its whole day here, as the texts of most products read; an instant by its second.
            if (bound == '<') return at < (TwilioDates.TryParse(wanted, out _, out var end) ? end : from.AddSeconds(1));
            return bound switch { '>' => at >= from, _ => at >= from && at < to };
        }
        if (property.Facts.IsArray) return actual.Contains($"\"{wanted}\"", StringComparison.Ordinal);
        return actual.Equals(
            wanted, property.Facts.Type == ValueType.Boolean ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }
}
