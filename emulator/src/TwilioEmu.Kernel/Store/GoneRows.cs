namespace TwilioEmu.Kernel.Store;

/// <summary>Where records were that were removed lately: pages that began at one go on from between its neighbours.</summary>
/// <remarks>Loop-confined. Enough are remembered for every client that deletes as it pages; rows that were trimmed are not.</remarks>
internal sealed class GoneRows(Chunks<Row> rows)
{
    private const int Remembered = 1_024;

    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly Queue<string> _keys = new();

    /// <summary>The row just older than a removed one, 0 for none.</summary>
    public int OlderThan(string key) => _places.GetValueOrDefault(key)?.Older ?? 0;

    /// <summary>The row just newer than a removed one, 0 for none.</summary>
    public int NewerThan(string key) => _places.GetValueOrDefault(key)?.Newer ?? 0;

    /// <summary>Remembers a row that is about to go.</summary>
    public void Remember(string key, int row)
    {
        if (!_places.ContainsKey(key))
        {
            if (_keys.Count == Remembered) _places.Remove(_keys.Dequeue());
            _keys.Enqueue(key);
        }
        _places[key] = new Place { Older = rows[row].Older, Newer = rows[row].Newer };
    }

    /// <summary>Those who remember a place beside a row that went stand beside its neighbours now.</summary>
    public void PassOn(int row)
    {
        ref var at = ref rows[row];
        foreach (var place in _places.Values)
        {
            if (place.Older == row) place.Older = at.Older;
            if (place.Newer == row) place.Newer = at.Newer;
        }
        NoteNeighbours(row);
    }

    /// <summary>The neighbours of a row that went know that somebody may stand beside them.</summary>
    public void NoteNeighbours(int row)
    {
        Note(rows[row].Older);
        Note(rows[row].Newer);
    }

    private void Note(int row)
    {
        if (row != 0) rows[row].IsBesideGone = true;
    }

    /// <summary>The rows a removed one stood between that are still there.</summary>
    private sealed class Place
    {
        public int Older { get; set; }

        public int Newer { get; set; }
    }
}
