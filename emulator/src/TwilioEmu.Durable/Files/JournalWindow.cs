using TwilioEmu.Durable.Packing;

namespace TwilioEmu.Durable.Files;

/// <summary>
/// The newest batches that hold as many entries as the journal may: what a start brings back of it, however long the world has lived.
/// </summary>
internal sealed class JournalWindow(int maxEntries, long from)
{
    private readonly Queue<(long First, long FirstSeq, int Count)> _batches = new();
    private long _count;
    private long _last = from - 1;
    private long _lastSeq;

    /// <summary>The number of the first document of its oldest batch.</summary>
    public long From => _batches.TryPeek(out var oldest) ? oldest.First : _last + 1;

    /// <summary>Seq of its oldest entry.</summary>
    public long FirstSeq => _batches.TryPeek(out var oldest) ? oldest.FirstSeq : _lastSeq + 1;

    /// <summary>A batch came; numbers come in order.</summary>
    public void Add(long number, BatchHead batch)
    {
        _batches.Enqueue((_last + 1, batch.FirstSeq, batch.Count));
        (_last, _lastSeq) = (number, batch.LastSeq);
        _count += batch.Count;
        while (_batches.Count > 1 && _count - _batches.Peek().Count >= maxEntries) _count -= _batches.Dequeue().Count;
    }
}
