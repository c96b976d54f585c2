namespace TwilioEmu.Composition;

/// <summary>How the bytes a process may use are shared out.</summary>
/// <remarks>
/// A quarter is the journal's, a quarter the settled records', a quarter that of records which are not settled: queues, and what is only
/// stored. A sixteenth is what phones remember, another that of pictures and files of messages, a third that of sound which could be made
/// again (all of it together: it is filled by calls, and the others by messages). The rest is for requests, webhooks, readers, and the
/// room a collector needs to breathe. Of journal, settled records, phones, files and sound what fills its share loses its oldest; of what
/// waits nothing is lost, and nothing new is taken.
/// </remarks>
internal sealed record MemoryBudget(long Bytes)
{
    private const int Shares = 4;

    // A settled message packed, with its row and index, is some 240; longer texts and blocks half gone take more.
    private const int BytesPerRecord = 512;

    // A callback that waits, with its parameters and who waits for it, measured with 45,000 of them (rounded up).
    private const int BytesPerCallback = 4_096;
    private const int CallbackShare = 16;
    private const int MinCallbacks = 1_000;
    private const int MostCallbacks = 200_000;

    private const long LargeHeapBytes = 48L * 1024 * 1024;
    private const long MostJournalBytes = 256L * 1024 * 1024;
    private const long MostPhoneBytes = 256L * 1024 * 1024;
    private const int PhoneShare = 16;
    private const int MostRecords = 2_000_000;
    private const int MediaShare = 16;
    private const long MostMediaBytes = 256L * 1024 * 1024;
    private const int SoundShare = 16;
    private const long MostSoundBytes = 384L * 1024 * 1024;

    /// <summary>How many callbacks may wait for apps that do not answer.</summary>
    public int Callbacks => (int)Math.Clamp(Bytes / CallbackShare / BytesPerCallback, MinCallbacks, MostCallbacks);

    /// <summary>What was asked for, or what the machine or container gives this process.</summary>
    public static MemoryBudget Of(long? asked) => new(asked ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>For the journal's entries.</summary>
    public long JournalBytes => Math.Min(MostJournalBytes, Bytes / Shares);

    /// <summary>For what phones remember.</summary>
    public long PhoneBytes => Math.Min(MostPhoneBytes, Bytes / PhoneShare);

    /// <summary>How many settled records a table may keep.</summary>
    public int Records => (int)Math.Min(MostRecords, Bytes / Shares / BytesPerRecord);

    /// <summary>For records that are not settled.</summary>
    public long LiveBytes => Bytes / Shares;

    /// <summary>For pictures and files of messages.</summary>
    public long MediaBytes => Math.Min(MostMediaBytes, Bytes / MediaShare);

    /// <summary>For decoded files, spoken words and files of recordings.</summary>
    public long SoundBytes => Math.Min(MostSoundBytes, Bytes / SoundShare);

    /// <summary>A large world is gone: what it held goes back to the machine now, and not at the collector's next need.</summary>
    public static void GiveBack()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) > LargeHeapBytes)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    /// <summary>
    /// Makes the collector work within it, where somebody asked for it; where it cannot be had the shares alone bound what is kept.
    /// </summary>
    public void Limit()
    {
        AppContext.SetData("GCHeapHardLimit", (ulong)Bytes);
        try
        {
            GC.RefreshMemoryLimit();
        }
        catch (InvalidOperationException)
        {
            // More is in use already, or the platform cannot: the shares bound what is kept.
        }
    }
}
