using System.Diagnostics.CodeAnalysis;
using LiteDB;
using TwilioEmu.Durable.Documents;
using TwilioEmu.Durable.Packing;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Files;

/// <summary>The thread that writes: a batch as soon as there is one, blocks and documents behind it.</summary>
/// <remarks>
/// It alone touches the file. A batch that cannot be committed stays and is tried again every second, in its order; who waits
/// for it is told at once that it is not kept (the live service's 500), and what would change the world is refused until it is.
/// </remarks>
[SuppressMessage(
    "Design", "CA1001",
    Justification = "The thread itself ends last and uses both until then; neither has a handle unless its wait handle is asked for.")]
internal sealed class KeepingThread
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // What is left for tools when the world stops: a container is given ten seconds.
    private static readonly TimeSpan LastWork = TimeSpan.FromSeconds(2);

    private readonly DataFolder _folder;
    private readonly GroupCommit _commit;
    private readonly Func<bool, Task<Batch?>> _take;
    private readonly BatchCodec _codec;
    private readonly RecordForms _forms;
    private Loading? _loading;
    private Behind? _behind;
    private readonly Thread _thread;
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Engine? _engine;
    private World? _world;
    private long _number;
    private DateTimeOffset _at;
    private bool _isBehind;
    private long? _failed;
    private bool _gaveUp;
    private readonly ManualResetEventSlim _isEnding = new(false);

    public KeepingThread(DataFolder folder, Loading? loading, RecordForms forms, Func<bool, Task<Batch?>> take)
    {
        (_folder, _take) = (folder, take);
        _codec = new BatchCodec(forms);
        (_forms, _loading) = (forms, loading);
        (_commit, _at) = (new GroupCommit(loading?.Saved.LastSeq ?? 0), loading?.Saved.At ?? default);
        _thread = new Thread(Run) { IsBackground = true, Name = "keeping" };
    }

    /// <summary>True while nothing can be written.</summary>
    public bool IsFailing => _commit.IsFailing;

    /// <summary>Opens the file, or makes it, and begins.</summary>
    /// <exception cref="DataFault">It cannot be made.</exception>
    public void Begin(World world)
    {
        _world = world;
        // Until then another reads the file.
        _loading?.AwaitBlocks();
        try
        {
            _engine = Engine.OpenAt(_folder.FilePath);
            _behind = new Behind(_engine, _loading, _forms, world.Options.Seed, world.Options.MaxJournalEntries);
            (_number, _loading) = (_behind.LastNumber, null);
            _folder.Tally.Begin(FileHeader.Of(_folder.FilePath).Creation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or LiteException)
        {
            throw new DataFault($"{_folder.FilePath} cannot be written: {fault.Message}", fault);
        }
        _thread.Start();
    }

    /// <summary>There is something to write. Safe from any thread.</summary>
    public void Nudge()
    {
        try
        {
            if (_news.CurrentCount == 0) _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else nudged.
        }
    }

    /// <inheritdoc cref="GroupCommit.KeptAsync"/>
    public ValueTask KeptAsync(long seq) => _commit.KeptAsync(seq);

    /// <summary>Writes what is left and closes the file.</summary>
    public Task EndAsync()
    {
        _isEnding.Set();
        _commit.Hurry();
        // One that never began may still be reading.
        if (_engine is null) return _loading?.Blocks.ContinueWith(static _ => { }, TaskScheduler.Default) ?? Task.CompletedTask;
        Nudge();
        return _ended.Task;
    }

    [SuppressMessage(
        "Design", "CA1031", Justification = "The thread's boundary: whatever the disk or LiteDB does, the world is told and lives on.")]
    private void Run()
    {
        try
        {
            // Who waits for an answer goes before what nobody waits for; but that has a share, or it would never be done under load.
            var (behind, wall) = (_behind!, _world!.Options.Wall);
            var (tools, took) = (new ToolsShare(wall), TimeSpan.Zero);
            while (!_isEnding.IsSet)
            {
                var wait = !behind.HasWork || IsResting(wall) ? Pause : behind.IsPressing ? TimeSpan.Zero : tools.Left();
                long begun;
                if (_news.Wait(wait))
                {
                    _commit.Gather(took);
                    begun = wall.GetTimestamp();
                    KeepOne(isLast: false);
                    took = wall.GetElapsedTime(begun);
                    tools.News();
                    if (!behind.IsPressing && tools.Left() > TimeSpan.Zero) continue;
                }
                if (IsResting(wall)) continue;
                begun = wall.GetTimestamp();
                Quietly(() => behind.Step(_engine!));
                tools.Spend(wall.GetElapsedTime(begun));
            }
            if (!_gaveUp) KeepOne(isLast: true);
            if (!_gaveUp) Quietly(() => behind.Finish(_engine!, wall, LastWork));
            Quietly(_engine!.Dispose);
        }
        finally
        {
            _commit.End();
            _ended.SetResult();
        }
    }

    private void KeepOne(bool isLast)
    {
        if (_take(isLast).GetAwaiter().GetResult() is not { } batch) return;
        // Time that was moved on while nothing happened is written down as well when the world stops.
        if (batch.Entries.Count == 0 && batch.Parts.Count == 0 && (!isLast || batch.At == _at)) return;
        _at = batch.At;
        _commit.Taken(batch.LastSeq);
        var packed = _codec.Write(batch);
        var bytes = packed.Length;
        var documents = BatchDocuments.Of(packed, ref _number);
        while (!TryCommit(documents))
        {
            // Told to stop with a disk that takes nothing: what waited for it was told so, and nothing may come after a gap.
            _gaveUp = isLast || _isEnding.IsSet;
            if (_gaveUp) return;
            _isEnding.Wait(Pause);
        }
        _behind!.Add(_number, batch, bytes);
        _folder.Tally.Kept(_number);
        _commit.Kept();
    }

    private bool TryCommit(BsonDocument[] documents)
    {
        try
        {
            if (!_commit.IsFailing)
            {
                _engine!.Insert(Collections.Batches, documents);
                return true;
            }
            // Laid over: one that reached the disk although LiteDB said otherwise is there already.
            _engine!.Upsert(Collections.Batches, documents);
            Say("the folder of --data can be written again; all is kept");
            return true;
        }
        catch (Exception fault) when (
            fault is IOException or UnauthorizedAccessException or LiteException or ObjectDisposedException or NotSupportedException)
        {
            // LiteDB closes itself over a broken disk.
            _engine!.Reopen();
            if (_commit.Fail())
            {
                Say($"nothing can be written to {_folder.FilePath} ({fault.Message}): what changes the world is answered 500 until it can; "
                    + "what was accepted is not lost");
            }
            return false;
        }
    }

    private void Quietly(Action act)
    {
        try
        {
            act();
        }
        catch (Exception fault) when (
            fault is IOException or UnauthorizedAccessException or LiteException or ObjectDisposedException or NotSupportedException)
        {
            // What was not written is still to be written.
            if (!_isBehind)
            {
                Say($"records cannot be laid down for tools and for a quick start ({fault.Message}); nothing is lost, "
                    + "and it is tried again");
            }
            _isBehind = true;
            _engine!.Reopen();
            _failed = _world!.Options.Wall.GetTimestamp();
        }
    }

    // Batches do not wait for what cannot be laid down for tools.
    private bool IsResting(TimeProvider wall) => _failed is { } at && wall.GetElapsedTime(at) < Pause;

    private void Say(string words) => _world!.Loop.TryPost(_ => _world.Journal.Warn(Kernel.Ids.AccountSid.None, "data", 0, words), null);
}
