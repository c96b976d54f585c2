namespace TwilioEmu.Carrier.Handsets;

/// <summary>How phones behave whose numbers begin alike: <c>+1415*</c>. The longest beginning holds.</summary>
/// <remarks>Loop-confined. A look costs as many look-ups as a number has digits, whatever the number of rules.</remarks>
internal sealed class HandsetRules
{
    /// <summary>Stands at the end of a rule's number.</summary>
    public const char Any = '*';

    private readonly Dictionary<string, HandsetBehaviour> _byPrefix = new(StringComparer.Ordinal);

    /// <summary>Sets a rule; its number ends in <see cref="Any"/>.</summary>
    public void Set(string pattern, HandsetBehaviour behaviour) => _byPrefix[pattern[..^1]] = behaviour;

    /// <summary>The rule for a number, or null.</summary>
    public HandsetBehaviour? Find(string number)
    {
        if (_byPrefix.Count == 0) return null;
        for (var length = number.Length; length >= 0; length--)
        {
            if (_byPrefix.TryGetValue(number[..length], out var behaviour)) return behaviour;
        }
        return null;
    }
}
