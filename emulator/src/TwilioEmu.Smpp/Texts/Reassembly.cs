namespace TwilioEmu.Smpp.Texts;

/// <summary>Puts the parts of long texts together, in whatever order they come.</summary>
/// <remarks>Bounded in texts and in time: of those that wait too long or are too many, the oldest are given up. Not thread-safe.</remarks>
/// <typeparam name="TTag">What is kept with each part.</typeparam>
public sealed class Reassembly<TTag>(int maxTexts, TimeSpan life)
{
    private readonly Dictionary<(string Source, string Destination, ushort Reference, byte Total), Waiting> _waiting = [];
    private readonly Queue<Waiting> _byAge = [];

    /// <summary>Texts of which parts are missing.</summary>
    public int WaitingCount => _waiting.Count;

    /// <summary>When the oldest is given up; null where none waits.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            while (_byAge.TryPeek(out var oldest) && oldest.IsGone) _byAge.Dequeue();
            return _byAge.TryPeek(out var waiting) ? waiting.Since + life : null;
        }
    }

    /// <summary>Takes a part; a part that is there already is not taken again.</summary>
    /// <returns>The whole text, with the tags of its parts in their order; null while parts are missing.</returns>
    public (string Text, IReadOnlyList<TTag> Tags)? Add(string source, string destination, RawText raw, TTag tag, DateTimeOffset now)
    {
        if (raw.Part is not { } part) return (raw.Text, [tag]);
        var key = (source, destination, part.Reference, part.Total);
        if (!_waiting.TryGetValue(key, out var waiting))
        {
            waiting = new Waiting(key, now, part.Total);
            _waiting.Add(key, waiting);
            _byAge.Enqueue(waiting);
        }
        if (waiting.Parts[part.Number - 1] is not null) return null;
        waiting.Parts[part.Number - 1] = (raw.Octets.ToArray(), tag);
        if (++waiting.Count < part.Total) return null;
        _waiting.Remove(key);
        waiting.IsGone = true;
        var octets = waiting.Parts.SelectMany(p => p!.Value.Octets).ToArray();
        return ((raw with { Octets = octets }).Text, [.. waiting.Parts.Select(p => p!.Value.Tag)]);
    }

    /// <summary>Gives up what waited too long, and the oldest of too many: from where to where, and the parts that came.</summary>
    public IReadOnlyList<(string Source, string Destination, int Came, int Total, IReadOnlyList<TTag> Tags)> Sweep(DateTimeOffset now)
    {
        var gone = new List<(string, string, int, int, IReadOnlyList<TTag>)>();
        while (_byAge.TryPeek(out var oldest) && (oldest.IsGone || _waiting.Count > maxTexts || now - oldest.Since >= life))
        {
            _byAge.Dequeue();
            if (oldest.IsGone) continue;
            _waiting.Remove(oldest.Key);
            gone.Add((
                oldest.Key.Source, oldest.Key.Destination, oldest.Count, oldest.Parts.Length,
                [.. oldest.Parts.Where(p => p is not null).Select(p => p!.Value.Tag)]));
        }
        return gone;
    }

    private sealed class Waiting((string Source, string Destination, ushort Reference, byte Total) key, DateTimeOffset since, int total)
    {
        public (string Source, string Destination, ushort Reference, byte Total) Key { get; } = key;

        public DateTimeOffset Since { get; } = since;

        public (byte[] Octets, TTag Tag)?[] Parts { get; } = new (byte[] Octets, TTag Tag)?[total];

        public int Count { get; set; }

        public bool IsGone { get; set; }
    }
}
