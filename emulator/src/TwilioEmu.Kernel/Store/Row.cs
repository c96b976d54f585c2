using System.Runtime.InteropServices;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Kernel.Store;

/// <summary>
/// Where a record of a table is and between which others it stands: 72 bytes
/// without a reference, so that a million cost the collector nothing.
/// </summary>
/// <remarks>Links are numbers of rows; 0 is none.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct Row
{
    public ulong High;
    public ulong Low;

    /// <summary>Seq of the entry that brought it.</summary>
    public long Arrived;

    /// <summary>Ticks (100 ns, UTC), 0 while unsettled.</summary>
    public long SettledTicks;
    public long SettledSeq;

    public int Older;
    public int Newer;
    public int SettledBefore;
    public int SettledAfter;

    /// <summary>The next row of its bucket, by SID.</summary>
    public int Next;

    /// <summary>Number of the block it is packed in; 0 for a record that is kept as it is.</summary>
    public int Block;

    /// <summary>Where in the block; of a record that is kept as it is, its number among those; 0 for a row that is gone.</summary>
    public int Offset;

    /// <summary>Letters of the SID that is its key; 0 for a key that is none.</summary>
    public ushort Letters;

    /// <summary>A row that is gone and remembered stood beside it.</summary>
    public bool IsBesideGone;

    public readonly bool IsThere => (Block | Offset) != 0;

    public readonly bool IsSettled => SettledTicks != 0;

    public readonly RowPlace Place => new(Arrived, SettledSeq, new DateTimeOffset(SettledTicks, TimeSpan.Zero));

    public readonly Sid Sid => Sid.Of(Letters, High, Low);
}
