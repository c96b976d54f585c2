using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Scenarios.Matching;

namespace TwilioEmu.Console.Terminal;

/// <summary>The console of a running emulator: follows the journal, through resets, and prints what happens (log output, stdout).</summary>
/// <remarks>
/// It reads off the loop from a bounded queue: a console that is slow, or that nobody reads, loses lines and says how many; it never slows
/// the world. What goes wrong is always told; of the rest, what no reader could follow (<see cref="Flood"/>) is counted and not put
/// into words, and under <c>--log quiet</c> not looked at. Dispose it before the world, and all that happened until then is printed.
/// </remarks>
public sealed class JournalPrinter : IAsyncDisposable
{
    /// <summary>Entries that may wait for the console.</summary>
    public const int MaxWaiting = 10_000;

    /// <summary>How often it looks for a reset and for repeats to tell.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    /// <summary>How long it leaves the processor to the world when more happens than is told one by one.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    /// <summary>How long the end waits for a console that does not take what is left.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(1);

    private const int MaxRaw = 400;

    private readonly Func<World> _worldNow;
    private readonly ConsoleDetail _detail;
    private readonly ILinePrinter _printer;
    private readonly ConsoleWords _words;
    private readonly Flood _flood;

    // By itself: no flood of other events hides a warning.
    private readonly Flood _warnings;
    private readonly TimeProvider _wall;
    private readonly CancellationTokenSource _ending = new();
    private Task _following = Task.CompletedTask;
    private DateTimeOffset _lastAt;

    /// <summary>Something was counted in place of told since it rested last.</summary>
    private bool _isFlooded;

    private JournalPrinter(
        Func<World> worldNow, ConsoleDetail detail, ILinePrinter printer, Func<string, string, int?> statusOf, TimeProvider wall)
    {
        (_worldNow, _detail, _printer, _wall) = (worldNow, detail, printer, wall);
        (_words, _flood, _warnings) = (new ConsoleWords(statusOf), new Flood(wall, Flood.MostASecond), new Flood(wall, Flood.MostWarnings));
    }

    /// <summary>What went wrong so far; complete when this is disposed.</summary>
    public ConsoleTally Tally { get; } = new();

    /// <summary>Begins with what happens from now on.</summary>
    /// <param name="worldNow">The world at hand; another one after a reset.</param>
    /// <param name="settings">How much, and how.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="statusOf">The HTTP status of an operation's success, by
    /// operationId and the path that was asked; null for one nobody knows.</param>
    /// <param name="wall">Real time.</param>
    public static Task<JournalPrinter> StartAsync(
        Func<World> worldNow, ConsoleSettings settings, TextWriter writer, Func<string, string, int?> statusOf, TimeProvider wall) =>
        StartAsync(new JournalPrinter(worldNow, settings.Detail, new ConsolePrinter(writer, settings, wall), statusOf, wall));

    /// <summary>Begins to tell a host's log, in the same words.</summary>
    public static Task<JournalPrinter> StartAsync(
        Func<World> worldNow, ILoggerFactory logs, Func<string, string, int?> statusOf, TimeProvider wall) =>
        StartAsync(new JournalPrinter(
            worldNow, ConsoleDetail.Normal, new LogPrinter(logs.CreateLogger(LogPrinter.Category)), statusOf, wall));

    private static async Task<JournalPrinter> StartAsync(JournalPrinter printer)
    {
        var world = printer._worldNow();
        printer._following = printer.FollowAsync(world, await printer.SubscribeAsync(world));
        return printer;
    }

    /// <summary>A line that tells no entry, as <c>--log-format json</c> spells it.</summary>
    public static string JsonLine(string text, DateTimeOffset at) => ConsolePrinter.Json(ConsoleTone.Info, at, text, null, 0);

    /// <summary>Prints what is left and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ending.IsCancellationRequested) return;
        _ending.Cancel();
        try
        {
            await _following.WaitAsync(EndLimit, _wall);
        }
        catch (TimeoutException)
        {
            // Nobody reads the console: whoever stops does not wait for that.
            return;
        }
        _ending.Dispose();
    }

    /// <summary>What it may print waits, each with its place among those; the rest nobody looks at again.</summary>
    private async Task<News> SubscribeAsync(World world)
    {
        var count = 0L;
        var queue = Channel.CreateBounded<(long Nth, Entry Entry)>(new BoundedChannelOptions(MaxWaiting)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        });
        return new(
            queue.Reader,
            await world.Loop.RunAsync(
                () => world.Journal.Subscribe(entry =>
                {
                    if (IsWanted(entry)) queue.Writer.TryWrite((++count, entry));
                }),
                CancellationToken.None));
    }

    private async Task FollowAsync(World world, News news)
    {
        // Not on the loop of whoever started us.
        await Task.Yield();
        try
        {
            await PrintAsync(world, news);
        }
        catch (IOException)
        {
            // The console is gone (a closed pipe): the world lives on without.
        }
    }

    private async Task PrintAsync(World world, News news)
    {
        long last = 0;
        Task<bool>? next = null;
        while (!_ending.IsCancellationRequested)
        {
            next ??= news.Entries.WaitToReadAsync(CancellationToken.None).AsTask();
            try
            {
                if (!next.IsCompleted) await next.WaitAsync(Beat, _wall, _ending.Token);
                next = null;
            }
            catch (Exception beat) when (beat is TimeoutException or OperationCanceledException)
            {
                if (_words.IsHolding) await TurnIsOverAsync(world);
                var before = last;
                last = Drain(news.Entries, last);
                if (last == before) Print(_words.Flush());
            }
            last = Drain(news.Entries, last);
            TellFlood(isEnd: false);
            _printer.Tick(isEnd: false);
            if (_isFlooded) await RestAsync();
            if (ReferenceEquals(_worldNow(), world)) continue;
            try
            {
                // What follows is of another world, numbered from one.
                var fresh = _worldNow();
                news = await SubscribeAsync(fresh);
                (world, last, next) = (fresh, 0, null);
                _printer.Say("the world was reset", _wall.GetUtcNow(), isWarning: false);
            }
            catch (ObjectDisposedException)
            {
                // Reset again meanwhile, or ended: the next beat sees which.
            }
        }
        world.Loop.TryPost(static subscription => ((IDisposable)subscription!).Dispose(), news.Subscription);
        Drain(news.Entries, last);
        Print(_words.Flush());
        TellFlood(isEnd: true);
        _printer.Tick(isEnd: true);
        _printer.Flush();
    }

    private async Task RestAsync()
    {
        _isFlooded = false;
        try
        {
            await Task.Delay(Rest, _wall, _ending.Token);
        }
        catch (OperationCanceledException)
        {
            // It is to end: what is left is printed at once.
        }
    }

    // What comes of a request is of its turn, which a busy machine may draw out: it is told alone only once that is over.
    private async Task TurnIsOverAsync(World world)
    {
        try
        {
            await world.Loop.RunAsync(static () => true, CancellationToken.None).WaitAsync(_ending.Token);
        }
        catch (Exception over) when (over is ObjectDisposedException or OperationCanceledException)
        {
            // The world has ended, or we are told to: what waits is told as it is.
        }
    }

    private long Drain(ChannelReader<(long Nth, Entry Entry)> entries, long last)
    {
        var isAny = false;
        while (entries.TryRead(out var next))
        {
            isAny = true;
            if (next.Nth > last + 1)
            {
                Tally.Lost += next.Nth - last - 1;
                _printer.Say(
                    $"! {next.Nth - last - 1} events were not printed: more happened than the console could take", next.Entry.At,
                    isWarning: true);
            }
            (last, _lastAt) = (next.Nth, next.Entry.At);
            Take(next.Entry);
        }
        if (isAny) _printer.Flush();
        return last;
    }

    private void Take(Entry entry)
    {
        if (_detail == ConsoleDetail.All)
        {
            var line = JournalLine.Of(entry);
            Tally.Add(line);
            _printer.Print(new ConsoleLine(
                ToneOf(line), Wording.OneLine($"{line.Kind} {line.Subject} {line.Data.GetRawText()}", MaxRaw), line));
            return;
        }
        if (entry.Kind == "warning")
        {
            // A gateway whose texts all go to a number without an app warns of each: what nobody can read is counted.
            if (!_warnings.Takes(entry.Kind))
            {
                Tally.AddWarning();
                _isFlooded = true;
                return;
            }
        }
        else if (entry.Kind != "webhook.sent" && !ConsoleWords.IsTrouble(entry) && !_flood.Takes(entry.Kind))
        {
            _isFlooded = true;
            return;
        }
        var told = JournalLine.Of(entry);
        Tally.Add(told);
        Print(_words.Tell(told));
    }

    /// <summary>Whether an entry may be printed at this detail. On the loop, of every entry.</summary>
    private bool IsWanted(Entry entry) =>
        _detail == ConsoleDetail.All
        || (ConsoleWords.IsTold(entry.Kind)
            && (_detail != ConsoleDetail.Quiet || entry.Kind is "warning" or "webhook.sent" || ConsoleWords.IsTrouble(entry)));

    private void TellFlood(bool isEnd)
    {
        if (_flood.Due(isEnd) is { } counted) _printer.Say(counted, _lastAt, isWarning: false);
        if (_warnings.Due(isEnd) is { } warned) _printer.Say(warned, _lastAt, isWarning: true);
    }

    private void Print(IEnumerable<ConsoleLine> lines)
    {
        foreach (var line in lines) _printer.Print(line);
    }

    private static ConsoleTone ToneOf(JournalLine line) => line.Kind switch
    {
        "fault" or "request.refused" or "webhook.failed" => ConsoleTone.Error,
        "alert" => line.Data.Text("level") == "error" ? ConsoleTone.Error : ConsoleTone.Warning,
        "webhook.answered" when line.Data.Number("error_code") != 0 => ConsoleTone.Error,
        "warning" or "not_emulated" => ConsoleTone.Warning,
        _ => ConsoleTone.Info,
    };

    private sealed record News(ChannelReader<(long Nth, Entry Entry)> Entries, IDisposable Subscription);
}
