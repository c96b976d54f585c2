using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Rest.Resources;

/// <summary>How the things of a collection are told apart.</summary>
/// <param name="KeyProperty">The property that the last part of the path is:
/// <c>sid</c>, <c>iso_country</c>; null where nothing shows it.</param>
/// <param name="AliasProperty">Another property that may stand there, or must at least be unique: <c>unique_name</c>; or null.</param>
/// <param name="Key">What a key looks like.</param>
/// <param name="IsAddressedByAlias">True when the path takes the alias for the key.</param>
internal sealed record Identity(string? KeyProperty, string? AliasProperty, ValueFacts Key, bool IsAddressedByAlias)
{
    // Where a path takes more than SIDs, it takes these (twilio.com/docs: conversations, chat, sync, video, serverless, taskrouter).
    private static readonly string[] Aliases = ["unique_name", "identity"];

    public static Identity Of(Collection collection)
    {
        var shape = collection.Fetch?.Shape ?? collection.Create?.Shape ?? collection.Update?.Shape ?? collection.List?.Shape;
        var path = PathFacts(collection);
        if (shape is null || collection.KeyName is not { } name) return new Identity(null, null, path, false);
        var key = PropertyOf(shape, name);
        // Where path and property are at odds about the prefix, the property is what clients read and validate.
        var shown = key is null ? path : shape.Find(key)!.Facts;
        var isAtOdds = shown.SidPrefixes.Count > 0 && !shown.SidPrefixes.Any(path.SidPrefixes.Contains);
        var facts = key is null || (path.SidPrefixes.Count > 0 && !isAtOdds) ? path : shown;
        var takesMore = OwnPathTakesMore(collection) && facts.SidPrefixes.Count > 0;
        foreach (var alias in Aliases)
        {
            if (alias == key || shape.Find(alias) is null) continue;
            // A unique name is unique whether or not the path takes it; an identity may come again where it does not.
            if (takesMore || alias == "unique_name") return new Identity(key, alias, facts, takesMore);
        }
        return new Identity(key, null, facts, false);
    }

    private static bool OwnPathTakesMore(Collection collection) =>
        !collection.Operations.Any(o =>
            o.PathNames.Count > 0 && o.Find(ParameterPlace.Path, o.PathNames[^1]) is { Facts.SidPrefixes.Count: > 0 }
                && ResourceLocator.WithoutExtension(o.Path).EndsWith('}'));

    private static string? PropertyOf(Shape shape, string keyName)
    {
        var own = SnakeCase.Of(keyName);
        if (shape.Find(own) is { } same) return same.Name;
        foreach (var property in shape.Properties) if (SnakeCase.AreAlike(property.Name, keyName)) return property.Name;
        if (keyName.EndsWith("Sid", StringComparison.OrdinalIgnoreCase) && shape.Find("sid") is not null) return "sid";
        if (shape.Find("id") is not null) return "id";
        return shape.Find("sid") is null ? null : "sid";
    }

    /// <summary>What the documents say of the path's variable; the operation that says most is believed.</summary>
    private static ValueFacts PathFacts(Collection collection)
    {
        var facts = new ValueFacts();
        foreach (var operation in collection.Operations)
        {
            if (collection.KeyName is null
                || operation.Find(ParameterPlace.Path, operation.PathNames.Count == 0 ? "" : operation.PathNames[^1]) is not { } parameter)
            {
                continue;
            }
            if (!operation.Path.TrimEnd('/').Replace(".json", "", StringComparison.Ordinal).EndsWith('}')) continue;
            if (facts.SidPrefixes.Count == 0) facts = parameter.Facts;
        }
        if (facts.SidPrefixes.Count > 0 || facts.Pattern is not null) return facts;
        // Where its own paths say nothing of it, those of what belongs to it may.
        var index = collection.Path.AsSpan().Count('{');
        foreach (var operation in collection.Children.SelectMany(c => c.Operations))
        {
            if (operation.Find(ParameterPlace.Path, operation.PathNames[index]) is { Facts.SidPrefixes.Count: > 0 } parameter)
            {
                return facts with { SidPrefixes = parameter.Facts.SidPrefixes };
            }
        }
        return facts;
    }
}
