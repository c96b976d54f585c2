using System.Text.Json;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Rest.Resources;

/// <summary>A resource without a type of its own: property names and their values as text.</summary>
/// <remarks>
/// Text is what a parameter is; the shape says how a property is spelt. Arrays, objects and values of any type are JSON text.
/// </remarks>
public sealed record Document(string Key, IReadOnlyDictionary<string, string> Values) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Document> Form = new("document", static (r, m) => new Document(
        m.Text("id", r?.Key), m.Map("values", r?.Values))
    {
        Alias = m.TextOrNull("alias", r?.Alias),
        Version = m.Number("version", r?.Version),
    });

    /// <summary>A table of such resources.</summary>
    public static TableKey<Document> TableOf(string name) => new(name, Form);

    /// <summary>A unique name or an identity it may be addressed by.</summary>
    public string? Alias { get; init; }

    /// <summary>How often it was changed since it was made: what <c>If-Match</c> is held against.</summary>
    public int Version { get; init; }

    // Something an app set up stays until the app removes it.
    public bool IsSettled => false;

    public int Weight => (int)Math.Min(int.MaxValue, 2 * Values.Sum(v => (long)v.Value.Length));

    public string? this[string property] => Values.GetValueOrDefault(property);

    public void WriteMembers(Utf8JsonWriter json)
    {
        foreach (var (name, value) in Values)
        {
            // Secrets are shown once, to the one who asked for them.
            json.WriteString(name, name is "secret" or "auth_token" ? "(redacted)" : value);
        }
    }
}
