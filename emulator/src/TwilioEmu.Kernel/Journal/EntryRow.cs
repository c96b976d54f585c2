using System.Runtime.InteropServices;

namespace TwilioEmu.Kernel.Journal;

/// <summary>What an old entry is found by, as it lies in a block: 72 bytes without a reference.</summary>
/// <remarks>Its subject, packed as a text, and behind it what it tells lie in the same block.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct EntryRow
{
    public long Seq;

    /// <summary>Of 100 ns, UTC.</summary>
    public long Ticks;
    public long Cause;

    /// <summary><see cref="TextHash"/> of its subject.</summary>
    public ulong Subject;

    /// <summary>Numbers of names: <see cref="RunPacker"/> knows them.</summary>
    public int Kind;
    public int Account;

    /// <summary>Number of the form of what it tells; 0 where it tells nothing, or is kept as it is.</summary>
    public int Form;

    /// <summary>Where its subject begins, in the block.</summary>
    public int Offset;
    public int SubjectSize;
    public int Size;
    public int Load;
    public int Generation;
    public int Depth;
    public bool IsGone;
}
