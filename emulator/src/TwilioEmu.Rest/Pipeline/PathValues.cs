using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>The values of a path's variables, by their names in the document. A handful: lookups walk.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "Values of a path, and read as such.")]
public sealed class PathValues(IReadOnlyList<string> names, string[] values) : IReadOnlyDictionary<string, string>
{
    public static PathValues Empty { get; } = new([], []);

    public int Count => values.Length;

    public IEnumerable<string> Keys => names;

    public IEnumerable<string> Values => values;

    public string this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"the path has no {{{key}}}");

    /// <summary>The value of the nth variable, 0 first.</summary>
    public string At(int index) => values[index];

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (names[i] != key) continue;
            value = values[i];
            return true;
        }
        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        for (var i = 0; i < values.Length; i++) yield return KeyValuePair.Create(names[i], values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
