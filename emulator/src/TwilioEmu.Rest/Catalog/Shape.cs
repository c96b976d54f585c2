using System.Text.Json;

namespace TwilioEmu.Rest.Catalog;

/// <summary>A resource's properties, in the order an answer has them.</summary>
/// <param name="Name">The schema's name in its document: <c>api.v2010.account.message</c>.</param>
/// <param name="SidPrefixes">Prefixes of its SID, the usual one first; empty without a SID.</param>
/// <param name="Properties">In order.</param>
/// <param name="Links">Link name to path, with names of this resource's own properties in braces.</param>
public sealed record Shape(
    string Name, IReadOnlyList<string> SidPrefixes, IReadOnlyList<Property> Properties, IReadOnlyList<KeyValuePair<string, string>> Links)
{
    /// <summary>The last part of the name: <c>message</c>.</summary>
    public string ShortName { get; } = Name[(Name.LastIndexOf('.') + 1)..];

    /// <summary>The property of a name, or null.</summary>
    public Property? Find(string name)
    {
        for (var i = 0; i < Properties.Count; i++) if (Properties[i].Name == name) return Properties[i];
        return null;
    }
}

/// <summary>One property of a shape.</summary>
public sealed record Property(string Name, ValueFacts Facts)
{
    /// <summary>The shape of an object, or of an array's items, where its members are known.</summary>
    public Shape? Nested { get; internal set; }

    /// <summary>The name as it goes to the wire, encoded once.</summary>
    public JsonEncodedText EncodedName { get; } = JsonEncodedText.Encode(Name);
}
