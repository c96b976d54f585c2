using Microsoft.Extensions.Logging;
using TwilioEmu.Console.Terminal;
using TwilioEmu.Kernel;

namespace TwilioEmu.Console.Tests.Terminal;

/// <summary>The log for us, as the program writes it.</summary>
public sealed class ConsoleLogTests
{
    [Theory]
    [InlineData(ConsoleDetail.Quiet, "error")]
    [InlineData(ConsoleDetail.Normal, "warning error")]
    [InlineData(ConsoleDetail.All, "debug info warning error")]
    public void It_tells_as_much_as_log_says(ConsoleDetail detail, string levels)
    {
        using var output = new StringWriter { NewLine = "\n" };
        Log(output, detail, ConsoleFormat.Text, "TwilioEmu.Kernel.World");
        output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ')[1]).Should().Equal(levels.Split(' '));
    }

    [Fact]
    public void Of_the_server_beneath_one_level_less_is_told()
    {
        using var output = new StringWriter { NewLine = "\n" };
        Log(output, ConsoleDetail.Normal, ConsoleFormat.Text, "Microsoft.AspNetCore.Server.Kestrel");
        output.ToString().Should().Be("09:00:00 error Microsoft.AspNetCore.Server.Kestrel[4]: of 4\n");
    }

    [Fact]
    public void Why_the_host_did_not_start_is_left_to_who_started_it()
    {
        using var output = new StringWriter { NewLine = "\n" };
        Log(output, ConsoleDetail.All, ConsoleFormat.Text, "Microsoft.Extensions.Hosting.Internal.Host");
        output.ToString().Should().BeEmpty("a taken port is one line with its cure, and no stack");
    }

    [Fact]
    public void Json_is_one_object_a_line_with_what_was_thrown()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var log = Open(output, ConsoleDetail.Normal, ConsoleFormat.Json);
        log.CreateLogger("TwilioEmu.X").Log(LogLevel.Error, new EventId(7), new FormatException("bad"), "it broke");
        output.ToString().Should().Be(
            """{"level":"error","at":"2026-01-05T09:00:00Z","category":"TwilioEmu.X","event":7,"line":"it broke","exception":"System.FormatException: bad"}"""
                + "\n");
    }

    private static void Log(TextWriter output, ConsoleDetail detail, ConsoleFormat format, string category)
    {
        using var log = Open(output, detail, format);
        var logger = log.CreateLogger(category);
        foreach (var level in new[] { LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error })
        {
            logger.Log(level, new EventId((int)level), "of {Level}", (int)level);
        }
    }

    private static ConsoleLog Open(TextWriter output, ConsoleDetail detail, ConsoleFormat format) =>
        new(output, new ConsoleSettings(detail, format, false, TimeZoneInfo.Utc), new Still());

    private sealed class Still : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => WorldOptions.StoryStart;
    }
}
