using TwilioEmu.Durable.Files;
using TwilioEmu.Durable.Packing;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Keeping;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable;

/// <summary>A world in a folder: <c>--data DIR</c>.</summary>
/// <remarks>
/// The loop only adds to a list. A thread of its own takes what has come together as one batch, in a turn, so that
/// a batch ends where a turn does; packs it, commits it as one document, and lets those go on who wait for it
/// (group commit): while one batch is written the next gathers. Between batches it lays records into blocks, which
/// a start reads, and into documents, which tools read; both are completed from the batches after a <c>kill -9</c>.
/// </remarks>
public sealed class DurableWorld : IKeeper
{
    private readonly DataFolder _folder;
    private readonly KeepingThread _thread;
    private List<Entry> _entries = [];
    private bool _isTouched;
    private volatile bool _isClosed;
    private World? _world;

    private DurableWorld(DataFolder folder, Loading? loading, RecordForms forms)
    {
        _folder = folder;
        Saved = loading?.Saved;
        _thread = new KeepingThread(folder, loading, forms, TakeAsync);
    }

    /// <inheritdoc/>
    public SavedWorld? Saved { get; private set; }

    /// <inheritdoc/>
    public bool Lasts => true;

    /// <inheritdoc/>
    public bool IsFailing => _thread.IsFailing;

    /// <summary>Opens a folder, and reads what an earlier process left there.</summary>
    /// <remarks>An imported world is in the place of the other for good once it is told to <see cref="Forget"/>; else the next who opens
    /// the folder finds the other again.</remarks>
    /// <param name="path">Made where it is not there.</param>
    /// <param name="forms">Every form of record there is.</param>
    /// <param name="isFresh">True throws away what was there.</param>
    /// <param name="takesImported">True puts the world of <see cref="ImportBeside"/> in the place of what was there.</param>
    /// <param name="readsOn">True returns while records are still being read: whoever asks for them first waits, and is told what is wrong
    /// with them (<see cref="DataFault"/>).</param>
    /// <exception cref="DataFault">It cannot be used; nothing in it was changed.</exception>
    public static DurableWorld Open(string path, RecordForms forms, bool isFresh = false, bool takesImported = false, bool readsOn = false)
    {
        var folder = DataFolder.Enter(path);
        try
        {
            if (isFresh) folder.Empty();
            if (takesImported) folder.TakeImported();
            var loading = folder.HasFile ? Loading.Read(folder, forms) : null;
            if (!readsOn) loading?.AwaitBlocks();
            return new DurableWorld(folder, loading, forms);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Writes a world that was carried here into a folder that has none.</summary>
    /// <exception cref="DataFault">It has one, or cannot be written.</exception>
    public static void Import(string path, SavedWorld world, RecordForms forms)
    {
        using var folder = DataFolder.Enter(path);
        if (folder.HasFile)
        {
            throw new DataFault($"--data {path}: there is a world in this folder already; name another folder, or move it away");
        }
        Importing.Write(folder.ImportPath, world, forms);
        folder.TakeImported();
    }

    /// <summary>
    /// Writes a world that was carried here beside the one of a folder, whose place it takes once that one is closed:
    /// <see cref="Open"/> with <c>takesImported</c>.
    /// </summary>
    /// <exception cref="DataFault">It cannot be written.</exception>
    public static void ImportBeside(string path, SavedWorld world, RecordForms forms) =>
        Importing.Write(DataFolder.ImportPathOf(path), world, forms);

    /// <summary>The world of a folder, to be carried elsewhere.</summary>
    /// <exception cref="DataFault">There is none, or another process has it, or it is damaged.</exception>
    public static SavedWorld Export(string path, RecordForms forms)
    {
        using var folder = DataFolder.Enter(path, makes: false);
        if (!folder.HasFile) throw new DataFault($"--data {path}: there is no world in this folder");
        var loading = Loading.Read(folder, forms);
        loading.AwaitBlocks();
        return loading.Saved;
    }

    /// <inheritdoc/>
    public void Begin(World world)
    {
        _world = world;
        _thread.Begin(world);
    }

    /// <inheritdoc/>
    public void Add(Entry entry)
    {
        if (_isClosed) return;
        _entries.Add(entry);
        if (_entries.Count == 1) _thread.Nudge();
    }

    /// <inheritdoc/>
    public void Touch()
    {
        if (_isClosed || _isTouched) return;
        _isTouched = true;
        _thread.Nudge();
    }

    /// <inheritdoc/>
    public ValueTask KeptAsync(long seq) => _thread.KeptAsync(seq);

    /// <inheritdoc/>
    public void Forget()
    {
        _folder.ForgetBefore();
        if (Saved is { } saved) Saved = saved with { Rows = [], Entries = [] };
    }

    /// <inheritdoc/>
    public async ValueTask CloseAsync()
    {
        await _thread.EndAsync().ConfigureAwait(false);
        _folder.Dispose();
    }

    /// <summary>Takes what has come together, in a turn of its own; null when the world has ended.</summary>
    private Task<Batch?> TakeAsync(bool isLast)
    {
        var taken = new TaskCompletionSource<Batch?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var world = _world!;
        var isPosted = world.Loop.TryPost(
            _ =>
            {
                if (_isClosed)
                {
                    taken.SetResult(null);
                    return;
                }
                var parts = world.Parts.TakeChanges();
                var entries = _entries;
                (_entries, _isTouched, _isClosed) = ([], false, isLast);
                taken.SetResult(new Batch(world.Clock.GetUtcNow(), world.Journal.LastSeq, entries, parts));
            },
            null);
        if (!isPosted) taken.SetResult(null);
        return taken.Task;
    }
}
