using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using ValueType = TwilioEmu.Rest.Catalog.ValueType;

namespace TwilioEmu.Rest.Resources;

/// <summary>A list's filters, held against documents.</summary>
/// <remarks>twilio.com/docs/usage/requests-to-twilio: equality; whole UTC days; <c>DateCreated&lt;</c> and <c>DateCreated&gt;</c>, both inclusive. Pure.</remarks>
internal static class DocumentFilter
{
    /// <summary>True when the document passes every filter that its shape has a property for.</summary>
    public static bool Passes(Document document, Operation list, FormValues query)
    {
        foreach (var (name, value) in query.Pairs)
        {
            if (list.Find(ParameterPlace.Query, name) is not { } parameter || value.Length == 0) continue;
            var bound = parameter.Name[^1];
            var propertyName = bound is '<' or '>' ? SnakeCase.Of(parameter.Name[..^1]) : parameter.Property;
            if (list.Shape!.Find(propertyName) is { } property && !Passes(document[property.Name], property, value, bound)) return false;
        }
        return true;
    }

    private static bool Passes(string? actual, Property property, string wanted, char bound)
    {
        if (actual is null) return false;
        var isInstant = property.Facts.Format is "date-time" or "date-time-rfc-2822" or "date";
        if (isInstant && TwilioDates.TryParse(wanted, out var from, out var to) && TwilioDates.TryParse(actual, out var at, out _))
        {
            return bound switch { '<' => at < to, '>' => at >= from, _ => at >= from && at < to };
        }
        return actual.Equals(wanted, property.Facts.Type == ValueType.Boolean ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }
}
