using TwilioEmu.Kernel;
using TwilioEmu.Scenarios.Running;

namespace TwilioEmu.Console.Stories;

/// <summary>Runs stories of a folder for somebody who watches, one at a time, each in a fresh world.</summary>
/// <remarks>Safe from any thread. The world of the last one is kept to be looked at, until the next.</remarks>
internal sealed class StoryDesk : IAsyncDisposable
{
    private readonly Func<string?> _folder;
    private readonly Func<World> _told;
    private readonly SocketHttpDoor _http = new();
    private readonly KeptWorld _worlds;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StoryPlay> _last = new(StringComparer.Ordinal);
    private Task _running = Task.CompletedTask;
    private int _count;

    /// <param name="worlds">Makes the worlds that stories play in.</param>
    /// <param name="folder">Where they are; null for nowhere.</param>
    /// <param name="told">The world that is looked at, in whose journal they are told.</param>
    public StoryDesk(IWorldHost worlds, Func<string?> folder, Func<World> told)
    {
        (_folder, _told) = (folder, told);
        _worlds = new KeptWorld(worlds, url => Play?.Begin(url));
    }

    /// <summary>Where stories are; null for none.</summary>
    public StoryFolder? Folder => _folder() is { } folder ? new StoryFolder(folder) : null;

    /// <summary>The one that runs, or ran last; null before the first.</summary>
    public StoryPlay? Play { get; private set; }

    /// <summary>How a file's story went when it was run last; null where it was not.</summary>
    public StoryPlay? LastOf(string file)
    {
        lock (_gate) return _last.GetValueOrDefault(file);
    }

    /// <summary>Begins a story.</summary>
    /// <param name="file">One that can be read.</param>
    /// <param name="isStepped">It waits before each step.</param>
    /// <returns>Null while another runs.</returns>
    public StoryPlay? TryBegin(StoryFile file, bool isStepped)
    {
        lock (_gate)
        {
            if (Play is { Result: null }) return null;
            var play = new StoryPlay(++_count, file.File, file.Story!, isStepped, _told);
            (Play, _last[file.File]) = (play, play);
            _running = RunAsync(play, isStepped);
            return play;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Play?.Stop();
        await _running;
        await _worlds.DisposeAsync();
        _http.Dispose();
    }

    private async Task RunAsync(StoryPlay play, bool isStepped)
    {
        // Off whoever asked: a story is told for as long as it takes.
        await Task.Yield();
        var runner = ScenarioRunner.InFreshWorlds(_worlds, _http, TimeProvider.System);
        runner.Watcher = play;
        if (isStepped) runner.Limit = Timeout.InfiniteTimeSpan;
        StoryResult result;
        try
        {
            result = await runner.RunAsync(play.Story, play.Stopping);
        }
        catch (Exception fault)
        {
            // Stopped, or our own fault: either way it has ended, and the next one may begin.
            var why = fault is OperationCanceledException ? "it was stopped" : fault.Message;
            result = new StoryResult(
                play.Story.Name, play.File, 0, TimeSpan.Zero, TimeSpan.Zero, new StoryFailure(default, "", why, [], []));
        }
        play.End(result);
    }
}
