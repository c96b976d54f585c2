namespace TwilioEmu.Rest.Pipeline;

/// <summary>Names and values in the order they arrived; a name may repeat.</summary>
/// <remarks>Names are case-sensitive, as Twilio's are. Lookups walk: forms are short and bounded when read.</remarks>
public sealed class FormValues(IReadOnlyList<KeyValuePair<string, string>> pairs)
{
    public static FormValues Empty { get; } = new([]);

    public IReadOnlyList<KeyValuePair<string, string>> Pairs => pairs;

    /// <summary>The first value of a name, or null; an empty value is a value.</summary>
    public string? this[string name]
    {
        get
        {
            for (var i = 0; i < pairs.Count; i++) if (pairs[i].Key == name) return pairs[i].Value;
            return null;
        }
    }

    /// <summary>All values of a name, in order.</summary>
    public IReadOnlyList<string> All(string name)
    {
        List<string>? values = null;
        for (var i = 0; i < pairs.Count; i++) if (pairs[i].Key == name) (values ??= []).Add(pairs[i].Value);
        return values ?? (IReadOnlyList<string>)[];
    }

    /// <summary>The same with other values of some names; a name that was not there comes last.</summary>
    public FormValues With(IReadOnlyDictionary<string, string> changes) =>
        changes.Count == 0 ? this : new FormValues([.. pairs.Where(p => !changes.ContainsKey(p.Key)), .. changes]);

    public bool Has(string name) => this[name] is not null;
}
