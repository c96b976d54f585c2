using System.Security.Cryptography;
using System.Text;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Faces;
using ValueType = TwilioEmu.Rest.Catalog.ValueType;

namespace TwilioEmu.Rest.Resources;

/// <summary>What a property says when nobody gave it a value and its schema does not allow null.</summary>
/// <remarks>The same for the same document: identifiers are derived from its key. Pure.</remarks>
internal static class Blank
{
    private const int MaxDepth = 6;

    /// <param name="property">Which one.</param>
    /// <param name="key">The document's key.</param>
    /// <param name="at">An instant for dates.</param>
    /// <param name="to">Takes the value.</param>
    public static void Write(Property property, string key, DateTimeOffset at, FaceWriter to) => Write(property, key, at, to, 0);

    /// <summary>A well-formed SID that depends on a text alone.</summary>
    public static string SidOf(string prefix, string text) =>
        prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..16]);

    private static void Write(Property property, string key, DateTimeOffset at, FaceWriter to, int depth)
    {
        var facts = property.Facts;
        if (facts.IsNullable) to.Json.WriteNullValue();
        else if (facts.IsArray) WriteEmptyArray(to);
        else if (facts.Type is ValueType.Object or ValueType.Any) WriteObject(property, key, at, to, depth);
        else if (facts.Type == ValueType.Boolean) to.Write(false);
        else if (facts.Type is ValueType.Integer or ValueType.Number) to.Write(facts.Minimum ?? 0);
        else WriteText(property, key, at, to);
    }

    private static void WriteEmptyArray(FaceWriter to)
    {
        to.Json.WriteStartArray();
        to.Json.WriteEndArray();
    }

    private static void WriteObject(Property property, string key, DateTimeOffset at, FaceWriter to, int depth)
    {
        to.Json.WriteStartObject();
        if (property.Nested is { } nested && depth < MaxDepth)
        {
            foreach (var member in nested.Properties)
            {
                to.Json.WritePropertyName(member.EncodedName);
                Write(member, key + property.Name, at, to, depth + 1);
            }
        }
        to.Json.WriteEndObject();
    }

    private static void WriteText(Property property, string key, DateTimeOffset at, FaceWriter to)
    {
        var facts = property.Facts;
        if (facts.Words.Count > 0) to.Write(facts.Words[0]);
        else if (facts.SidPrefixes.Count > 0) to.Write(SidOf(facts.SidPrefixes[0], key + property.Name));
        else if (facts.Format is "date-time" or "date-time-rfc-2822") to.Write(at);
        else if (facts.Format == "date") to.Write(TwilioDates.ToIso8601(at)[..10]);
        else if (facts.Format == "uri") to.Write(to.BaseUrl);
        else if (facts.Pattern is { } pattern) to.Write(KeyPattern.Fill(pattern, SidOf("", key + property.Name)));
        else to.Write("");
    }
}
