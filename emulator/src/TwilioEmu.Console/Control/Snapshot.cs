namespace TwilioEmu.Console.Control;

/// <summary>A world that was kept as it stood, to be brought back as often as wanted.</summary>
/// <param name="Id">Its name, or a number.</param>
/// <param name="At">The world's instant.</param>
/// <param name="RecordCount">Records of all tables.</param>
/// <param name="EntryCount">Entries of the journal.</param>
public sealed record Snapshot(string Id, DateTimeOffset At, int RecordCount, int EntryCount)
{
    /// <summary>How many are kept at a time, so that memory is bounded.</summary>
    public const int MostKept = 16;
}
