namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>Which link a number is reached over: its own, or that of the longest beginning.</summary>
internal sealed class SmppRoutes
{
    private readonly Dictionary<string, SmppLink> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SmppLink> _prefixes = new(StringComparer.Ordinal);
    private int _longest = -1;

    /// <summary>From now on these go there.</summary>
    public void Add(SmppLink link, IReadOnlyList<string> numbers)
    {
        foreach (var number in numbers)
        {
            if (!number.EndsWith('*'))
            {
                _numbers[number] = link;
                continue;
            }
            _prefixes[number[..^1]] = link;
            _longest = Math.Max(_longest, number.Length - 1);
        }
    }

    public SmppLink? Find(string address)
    {
        if (_numbers.TryGetValue(address, out var own)) return own;
        var prefixes = _prefixes.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(_longest, address.Length); length >= 0; length--)
        {
            if (prefixes.TryGetValue(address.AsSpan(0, length), out var link)) return link;
        }
        return null;
    }
}
