using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Kernel.Journal;

/// <summary>An entry without its particulars: what its place, its share of room and its line of causes are found by.</summary>
/// <remarks>
/// Loop-confined. Texts are made when they are asked for; that of a packed entry's subject may be until the entry is dropped.
/// </remarks>
internal readonly struct EntryHead
{
    private readonly object _from;
    private readonly EntryRow _row;

    /// <summary>An entry's.</summary>
    public EntryHead(Entry entry)
    {
        _from = entry;
        _row = new EntryRow
        {
            Seq = entry.Seq,
            Ticks = entry.At.UtcTicks,
            Cause = entry.Cause,
            Load = entry.Load,
            Generation = entry.Generation,
            Depth = entry.Depth,
        };
    }

    /// <summary>A row's.</summary>
    public EntryHead(PackedRun run, in EntryRow row) => (_from, _row) = (run, row);

    public long Seq => _row.Seq;

    public DateTimeOffset At => new(_row.Ticks, TimeSpan.Zero);

    public long Cause => _row.Cause;

    public int Load => _row.Load;

    public int Generation => _row.Generation;

    public int Depth => _row.Depth;

    /// <summary><see cref="TextHash"/> of its subject.</summary>
    public ulong SubjectHash => _from is Entry entry ? TextHash.Of(entry.Subject) : _row.Subject;

    public AccountSid Account => _from is Entry entry ? entry.Account : ((PackedRun)_from).AccountOf(_row);

    public string Kind => _from is Entry entry ? entry.Kind : ((PackedRun)_from).KindOf(_row);

    public string Subject => _from is Entry entry ? entry.Subject : ((PackedRun)_from).SubjectOf(_row);
}
