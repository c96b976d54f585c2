using System.Text.Json;

namespace TwilioEmu.Kernel.Journal;

/// <summary>Entry data made of a few named values, for entries that carry no record of their own.</summary>
/// <remarks>Values: string, bool, int, long, double, <see cref="TimeSpan"/> (written as seconds),
/// <see cref="DateTimeOffset"/>, null, a list of strings, or names with their values (written as an object).</remarks>
public sealed class Facts : IEntryData
{
    private readonly (string Name, object? Value)[] _facts;

    /// <summary>Keeps the facts, in order.</summary>
    /// <exception cref="ArgumentException">A value is not of a kind that can be written; better now than when somebody looks.</exception>
    public Facts(params (string Name, object? Value)[] facts)
    {
        foreach (var (name, value) in facts)
        {
            if (value is not (null or string or bool or int or long or double or TimeSpan or DateTimeOffset
                or IEnumerable<string> or IEnumerable<KeyValuePair<string, string>>))
            {
                throw new ArgumentException($"a fact is a plain value; {name} is a {value.GetType().Name}", nameof(facts));
            }
        }
        _facts = facts;
    }

    /// <inheritdoc/>
    public int Weight
    {
        get
        {
            var length = 0L;
            foreach (var (_, value) in _facts)
            {
                if (value is string text)
                {
                    length += text.Length;
                }
                else if (value is IEnumerable<string> list)
                {
                    // A gap has no length.
                    length += list.Sum(t => (long)(t?.Length ?? 0));
                }
                else if (value is IEnumerable<KeyValuePair<string, string>> pairs)
                {
                    length += pairs.Sum(p => (long)p.Key.Length + (p.Value?.Length ?? 0));
                }
            }
            return (int)Math.Min(int.MaxValue, 2 * length);
        }
    }

    /// <inheritdoc/>
    public DataForm Packing => FactsForm.One;

    /// <summary>All, in order.</summary>
    internal IReadOnlyList<(string Name, object? Value)> All => _facts;

    /// <summary>The value of a fact, or null.</summary>
    public object? this[string name]
    {
        get
        {
            foreach (var (n, value) in _facts) if (n == name) return value;
            return null;
        }
    }

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        foreach (var (name, value) in _facts)
        {
            json.WritePropertyName(name);
            switch (value)
            {
                case null: json.WriteNullValue(); break;
                case string s: json.WriteStringValue(s); break;
                case bool b: json.WriteBooleanValue(b); break;
                case int i: json.WriteNumberValue(i); break;
                case long l: json.WriteNumberValue(l); break;
                case double d: json.WriteNumberValue(d); break;
                case TimeSpan t: json.WriteNumberValue(t.TotalSeconds); break;
                case DateTimeOffset at: json.WriteStringValue(at.UtcDateTime); break;
                case IEnumerable<string> list:
                    json.WriteStartArray();
                    foreach (var item in list) json.WriteStringValue(item);
                    json.WriteEndArray();
                    break;
                case IEnumerable<KeyValuePair<string, string>> pairs:
                    json.WriteStartObject();
                    foreach (var (key, text) in pairs) json.WriteString(key, text);
                    json.WriteEndObject();
                    break;
                default: throw new InvalidOperationException($"unknown kind of fact {value.GetType().Name}");
            }
        }
    }
}
