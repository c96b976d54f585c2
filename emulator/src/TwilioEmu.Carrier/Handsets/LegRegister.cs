using TwilioEmu.Carrier.Codes;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>The phones' ends of calls that are going on.</summary>
/// <remarks>Loop-confined. An ended leg leaves at once.</remarks>
internal sealed class LegRegister
{
    private readonly Dictionary<string, List<HandsetLeg>> _byCall = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<HandsetLeg>> _byNumber = new(StringComparer.Ordinal);

    /// <summary>Which of the words that these phones hear have a code.</summary>
    public SpokenCodes Codes { get; } = new();

    public IEnumerable<HandsetLeg> All => _byCall.Values.SelectMany(legs => legs);

    public void Add(HandsetLeg leg)
    {
        Add(_byCall, leg.CallSid, leg);
        Add(_byNumber, leg.Number, leg);
    }

    public void Remove(HandsetLeg leg)
    {
        Remove(_byCall, leg.CallSid, leg);
        Remove(_byNumber, leg.Number, leg);
    }

    public IReadOnlyList<HandsetLeg> Of(string callSid) => _byCall.TryGetValue(callSid, out var legs) ? [.. legs] : [];

    public IReadOnlyList<HandsetLeg> At(string number) => _byNumber.TryGetValue(number, out var legs) ? [.. legs] : [];

    private static void Add(Dictionary<string, List<HandsetLeg>> table, string key, HandsetLeg leg)
    {
        if (!table.TryGetValue(key, out var legs)) table.Add(key, legs = []);
        legs.Add(leg);
    }

    private static void Remove(Dictionary<string, List<HandsetLeg>> table, string key, HandsetLeg leg)
    {
        if (table.TryGetValue(key, out var legs) && legs.Remove(leg) && legs.Count == 0) table.Remove(key);
    }
}
