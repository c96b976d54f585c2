using System.Text.Json;
using TwilioEmu.Console.Terminal;
using static TwilioEmu.Console.Tests.Terminal.Lines;

namespace TwilioEmu.Console.Tests.Terminal;

public sealed class ConsolePrinterTests : IDisposable
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly HandWall _wall = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void A_line_begins_with_the_hour()
    {
        Printer().Print(Line("hello"));
        _output.ToString().Should().Be("14:02:11 hello\n");
    }

    [Fact]
    public void The_same_line_is_printed_once_and_counted()
    {
        var printer = Printer();
        for (var i = 0; i < 13; i++) printer.Print(Line("! nobody owns +1", ConsoleTone.Warning));
        _wall.Advance(ConsolePrinter.Window);
        printer.Tick(isEnd: false);
        _output.ToString().Should().Be("14:02:11 ! nobody owns +1\n14:02:11   12 more like it: ! nobody owns +1\n");
    }

    [Fact]
    public void Lines_about_different_resources_are_folded_after_the_third()
    {
        var printer = Printer();
        for (var i = 0; i < 10; i++) printer.Print(Line($"SM…000{i} delivered in {i} ms"));
        printer.Tick(isEnd: true);
        _output.ToString().Split('\n').Should().Equal(
            "14:02:11 SM…0000 delivered in 0 ms", "14:02:11 SM…0001 delivered in 1 ms", "14:02:11 SM…0002 delivered in 2 ms",
            "14:02:11   7 more like it: SM… delivered in … ms", "");
    }

    [Fact]
    public void After_the_window_a_line_is_news_again()
    {
        var printer = Printer();
        printer.Print(Line("hello"));
        _wall.Advance(ConsolePrinter.Window);
        printer.Tick(isEnd: false);
        printer.Print(Line("hello"));
        _output.ToString().Should().Be("14:02:11 hello\n14:02:11 hello\n");
    }

    [Fact]
    public void What_went_wrong_is_followed_by_where_it_is_shown_and_folded_all_the_same()
    {
        var printer = new ConsolePrinter(
            _output,
            new ConsoleSettings(ConsoleDetail.Normal, ConsoleFormat.Text, false, TimeZoneInfo.Utc) { PageOrigin = "http://127.0.0.1:4010" },
            _wall);
        printer.Print(Line("fine"));
        for (var i = 14; i < 17; i++) printer.Print(Line("bad", ConsoleTone.Error) with { See = $"/_emu/ui/webhooks/{i}" });
        printer.Tick(isEnd: true);
        _output.ToString()
            .Should().Be("14:02:11 fine\n14:02:11 bad  see http://127.0.0.1:4010/_emu/ui/webhooks/14\n14:02:11   2 more like it: bad\n");
    }

    [Fact]
    public void Quiet_tells_only_what_is_wrong()
    {
        var printer = Printer(ConsoleDetail.Quiet);
        printer.Print(Line("fine"));
        printer.Print(Line("odd", ConsoleTone.Warning));
        printer.Print(Line("bad", ConsoleTone.Error));
        _output.ToString().Should().Be("14:02:11 odd\n14:02:11 bad\n");
    }

    [Fact]
    public void A_terminal_gets_colours()
    {
        Printer(isColoured: true).Print(Line("odd", ConsoleTone.Warning));
        _output.ToString().Should().Be("\e[2m14:02:11\e[0m \e[33modd\e[0m\n");
    }

    [Fact]
    public void Json_is_one_object_a_line_with_the_entry_whole()
    {
        Printer(format: ConsoleFormat.Json).Print(Line("odd", ConsoleTone.Warning));
        var json = JsonDocument.Parse(_output.ToString()).RootElement;
        json.GetProperty("level").GetString().Should().Be("warning");
        json.GetProperty("line").GetString().Should().Be("odd");
        json.GetProperty("entry").GetProperty("kind").GetString().Should().Be("a.one");
    }

    [Theory]
    [InlineData(false, null, "xterm", true)]
    [InlineData(true, null, "xterm", false)]
    [InlineData(false, "1", "xterm", false)]
    [InlineData(false, "", "xterm", true)]
    [InlineData(false, null, "dumb", false)]
    public void Colours_are_for_terminals_that_want_them(bool isRedirected, string? noColour, string term, bool wants) =>
        ConsoleSettings.WantsColour(isRedirected, name => name == "NO_COLOR" ? noColour : term).Should().Be(wants);

    private ConsolePrinter Printer(
        ConsoleDetail detail = ConsoleDetail.Normal, ConsoleFormat format = ConsoleFormat.Text, bool isColoured = false) =>
        new(_output, new ConsoleSettings(detail, format, isColoured, TimeZoneInfo.Utc), _wall);

    private sealed class HandWall : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
