using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Rest.Resources;

/// <summary>Which property a parameter sets: the names differ by conventions of the documents.</summary>
/// <remarks>
/// <c>FriendlyName</c> -> <c>friendly_name</c>; <c>Configuration.Method</c> -> <c>configuration.method</c>; <c>Permission</c> ->
/// <c>permissions</c>; <c>Fleet</c> -> <c>fleet_sid</c>; <c>StatusCallbackUrl</c> -> <c>status_callback</c>. Loop-confined: it remembers.
/// </remarks>
internal sealed class ParameterTargets
{
    private readonly Dictionary<(Shape Shape, string Name), Target?> _targets = [];

    /// <summary>Where a value goes.</summary>
    /// <param name="Property">The property.</param>
    /// <param name="Members">Below it, the outer first; empty for the property itself.</param>
    public sealed record Target(Property Property, IReadOnlyList<string> Members);

    /// <summary>The target, or null when nothing in the shape shows the parameter.</summary>
    public Target? Of(Shape shape, string name)
    {
        if (!_targets.TryGetValue((shape, name), out var target)) _targets.Add((shape, name), target = Search(shape, name));
        return target;
    }

    private static Target? Search(Shape shape, string name)
    {
        var parts = name.Split('.');
        if (parts.Length > 1)
        {
            if (Find(shape, parts[0]) is { Facts.Type: Catalog.ValueType.Object or Catalog.ValueType.Any } outer)
            {
                return new Target(outer, [.. parts[1..].Select(SnakeCase.Of)]);
            }
            return Find(shape, string.Concat(parts)) is { } flat ? new Target(flat, []) : null;
        }
        return Find(shape, name) is { } property ? new Target(property, []) : null;
    }

    private static Property? Find(Shape shape, string name)
    {
        if (shape.Find(SnakeCase.Of(name)) is { } usual) return usual;
        foreach (var spelling in Spellings(name))
        {
            foreach (var property in shape.Properties) if (SnakeCase.AreAlike(property.Name, spelling)) return property;
        }
        return null;
    }

    private static IEnumerable<string> Spellings(string name)
    {
        yield return name;
        yield return name + "s";
        yield return name + "Sid";
        yield return name + "Sids";
        yield return name + "UniqueName";
        yield return "Configured" + name;
        if (name.EndsWith("Url", StringComparison.Ordinal)) yield return name[..^3];
        if (name.EndsWith("Sids", StringComparison.Ordinal)) yield return name[..^4] + "s";
        if (name.EndsWith("Timestamp", StringComparison.Ordinal)) yield return name[..^9] + "At";
    }
}
