using System.Text;
using TwilioEmu.Console.Terminal;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Console.Tests.Terminal;

public sealed class JournalPrinterTests : IAsyncLifetime
{
    private readonly World _world = new(new WorldOptions { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart });
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StoppableWriter _console;

    public JournalPrinterTests() => _console = new StoppableWriter(_output);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        await _console.DisposeAsync();
        await _output.DisposeAsync();
    }

    [Fact]
    public async Task What_happened_until_the_end_is_printed()
    {
        var printer = await StartAsync(ConsoleDetail.Normal);
        await WriteAsync("handset.dialled", 3);
        await printer.DisposeAsync();
        _output.ToString()
            .Should().Be("09:00:00 +14155550199 dials +14155550100\n09:00:00   2 more like it: +14155550199 dials +14155550100\n");
    }

    [Fact]
    public async Task All_tells_every_entry_as_it_is()
    {
        var printer = await StartAsync(ConsoleDetail.All);
        await WriteAsync("odd.kind", 2);
        await printer.DisposeAsync();
        const string line = "09:00:00 odd.kind +14155550199 {\"to\":\"+14155550100\"}\n";
        _output.ToString().Should().Be(line + line);
    }

    [Fact]
    public async Task A_flood_loses_lines_counts_them_and_holds_up_nobody()
    {
        var printer = await StartAsync(ConsoleDetail.All, new Patience());
        _console.Stop();
        await WriteAsync("odd.kind", 1);
        await _console.Stuck;
        await WriteAsync("odd.kind", JournalPrinter.MaxWaiting + 100);
        _console.Go();
        await printer.DisposeAsync();
        var printed = _output.ToString().Split('\n').Count(l => l.Contains("odd.kind", StringComparison.Ordinal));
        (printed + printer.Tally.Lost).Should().Be(JournalPrinter.MaxWaiting + 101);
        printer.Tally.Lost.Should().BePositive();
        _output.ToString().Should().Contain("events were not printed");
    }

    [Fact]
    public async Task What_comes_faster_than_anybody_reads_is_counted_but_for_what_went_wrong()
    {
        var printer = await StartAsync(ConsoleDetail.Normal, new Patience());
        await WriteAsync("handset.dialled", Flood.MostASecond + 7);
        await _world.Loop.RunAsync(
            () =>
                _world.Journal.Write(
                    AccountSid.None, new("alert", "a test's"), "SM1", 0, ("code", 11200), ("level", "error"), ("message", "no answer")),
            default);
        await printer.DisposeAsync();
        var lines = _output.ToString();
        lines
            .Should().Contain("11200: no answer")
            .And.Contain("… 7 more events, faster than can be read (--log all tells each): handset.dialled 7\n");
        lines.Should().Contain(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Flood.MostASecond - 1} more like it"));
        printer.Tally.ErrorAlerts.Should().Be(1);
    }

    [Theory]
    [InlineData(ConsoleDetail.Quiet)]
    [InlineData(ConsoleDetail.Normal)]
    public async Task Warnings_that_come_faster_than_anybody_reads_are_counted_and_no_flood_of_other_events_hides_one(ConsoleDetail detail)
    {
        var printer = await StartAsync(detail, new Patience());
        await WriteAsync("handset.dialled", Flood.MostASecond + 7);
        await _world.Loop.RunAsync(
            () =>
            {
                for (var i = 0; i < Flood.MostWarnings + 5; i++) _world.Journal.Warn(AccountSid.None, "+14155550199", 0, $"look {i}!");
            },
            default);
        await printer.DisposeAsync();
        var lines = _output.ToString();
        lines.Should().Contain("look 0!").And.Contain($"look {Flood.MostWarnings - 1}!").And.NotContain($"look {Flood.MostWarnings}!");
        lines.Should().Contain("… 5 more events, faster than can be read (--log all tells each): warning 5\n");
        printer.Tally.Warnings.Should().Be(Flood.MostWarnings + 5, "those that are counted are warnings too");
    }

    [Fact]
    public async Task A_quiet_console_looks_only_at_what_went_wrong()
    {
        var looked = 0;
        var printer = await StartAsync(ConsoleDetail.Quiet);
        await _world.Loop.RunAsync(
            () =>
                _world.Journal.Write(
                    AccountSid.None, new EntryKind("handset.dialled", "a test's"), "+14155550199", 0, new Watched(() => looked++)),
            default);
        await _world.Loop.RunAsync(
            () => _world.Journal.Write(AccountSid.None, new EntryKind("warning", "a test's"), "+14155550199", 0, ("message", "look here")),
            default);
        await printer.DisposeAsync();
        _output.ToString().Should().Be("09:00:00 ! look here (+14155550199)\n");
        looked.Should().Be(0);
    }

    [Fact]
    public async Task The_tally_counts_what_went_wrong()
    {
        var printer = await StartAsync(ConsoleDetail.Quiet);
        await _world.Loop.RunAsync(
            () =>
            {
                _world.Journal.Write(
                    AccountSid.None, new("webhook.failed", "a test's"), "SM1", 0, ("error_code", 11200), ("error_message", "no answer"));
                _world.Journal.Write(
                    AccountSid.None, new("alert", "a test's"), "SM1", 1, ("code", 11200), ("level", "error"), ("message", "no answer"));
                _world.Journal.Write(AccountSid.None, new("not_emulated", "a test's"), "CA1", 0, ("what", "<Record>"));
                _world.Journal.Write(AccountSid.None, new("request.refused", "a test's"), "/x", 0, ("status", 501));
            },
            default);
        await printer.DisposeAsync();
        printer.Tally.Summary.Should().Be("1 webhook failed, 1 error alert, 0 warnings, 0 requests refused, 2 things not emulated");
    }

    [Fact]
    public async Task A_request_that_is_refused_late_in_its_turn_is_one_line()
    {
        var wall = new Haste();
        var printer = await StartAsync(ConsoleDetail.Normal, wall);
        await _world.Loop.RunAsync(
            () =>
            {
                var asked = _world.Journal.Write(AccountSid.None, new("request", "a test's"), "/x.json", 0, ("method", "POST"));
                // A busy machine draws the turn out over many beats of the console.
                var until = wall.Beats + 5;
                SpinWait.SpinUntil(() => wall.Beats > until, TimeSpan.FromMilliseconds(100));
                _world.Journal.Write(
                    AccountSid.None, new("request.refused", "a test's"), "/x.json", asked.Seq, ("method", "POST"), ("status", 400),
                    ("code", 21604), ("message", "no To"));
            },
            default);
        await printer.DisposeAsync();
        _output.ToString().Split('\n').Where(l => l.Contains('→', StringComparison.Ordinal))
            .Should().ContainSingle().Which.Should().Contain("400  21604: no To");
    }

    private Task<JournalPrinter> StartAsync(ConsoleDetail detail, TimeProvider? wall = null) => JournalPrinter.StartAsync(
        () => _world, new ConsoleSettings(detail, ConsoleFormat.Text, false, TimeZoneInfo.Utc), _console, (_, _) => null,
        wall ?? TimeProvider.System);

    /// <summary>A wall whose beats fire at once; what it waits a second or more for, its end, takes the time it takes.</summary>
    private sealed class Haste : TimeProvider
    {
        private int _beats;

        public int Beats => Volatile.Read(ref _beats);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _beats);
            var due = dueTime < TimeSpan.FromSeconds(1) ? TimeSpan.FromMilliseconds(1) : dueTime;
            return base.CreateTimer(callback, state, due, period);
        }
    }

    /// <summary>A wall whose timers never fire: however slow the machine, nobody gives up.</summary>
    private sealed class Patience : TimeProvider
    {
        // One second, however long the machine takes.
        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Never();

        private sealed class Never : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    private Task WriteAsync(string kind, int count) => _world.Loop.RunAsync(
        () =>
        {
            for (var i = 0; i < count; i++)
            {
                _world.Journal.Write(AccountSid.None, new EntryKind(kind, "a test's"), "+14155550199", 0, ("to", "+14155550100"));
            }
        },
        default);

    /// <summary>Tells when it is rendered.</summary>
    private sealed class Watched(Action look) : IEntryData
    {
        public void WriteMembers(System.Text.Json.Utf8JsonWriter json) => look();
    }

    /// <summary>A console that somebody has stopped with Ctrl-S.</summary>
    private sealed class StoppableWriter(TextWriter inner) : TextWriter
    {
        private readonly ManualResetEventSlim _go = new(true);
        private readonly TaskCompletionSource _stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Encoding Encoding => inner.Encoding;

        /// <summary>Completes when somebody waits to write.</summary>
        public Task Stuck => _stuck.Task;

        public void Stop() => _go.Reset();

        public void Go() => _go.Set();

        public override void WriteLine(string? value)
        {
            if (!_go.IsSet) _stuck.TrySetResult();
            _go.Wait();
            inner.WriteLine(value);
        }

        protected override void Dispose(bool disposing)
        {
            _go.Dispose();
            base.Dispose(disposing);
        }
    }
}
