namespace TwilioEmu.Kernel.Journal;

/// <summary>One reader of the journal, told of every entry after the newest at the time it came.</summary>
internal sealed class Subscription(WorldJournal journal, Action<Entry> reader, long after) : IDisposable
{
    private bool _isEnded;

    /// <summary>Tells the reader, unless it came after the entry was written or has left since.</summary>
    public void Tell(Entry entry)
    {
        if (!_isEnded && entry.Seq > after) reader(entry);
    }

    public void Dispose()
    {
        if (_isEnded) return;
        journal.Remove(this);
        _isEnded = true;
    }
}
