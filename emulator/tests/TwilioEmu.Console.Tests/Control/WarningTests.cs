using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Console.Tests.Control;

public sealed class WarningTests
{
    [Fact]
    public async Task Each_warning_is_listed_once_with_how_often_it_came()
    {
        await using var host = await ControlHost.StartAsync();
        await host.InsideAsync(() =>
        {
            var journal = host.Inside.World.Journal;
            journal.Write(new AccountSid("AC1"), new("warning", "a test's"), "/x", 0, ("warning", "it never rings"));
            journal.Write(new AccountSid("AC1"), new("request", "a test's"), "/x", 0);
            journal.Write(new AccountSid("AC1"), new("warning", "a test's"), "/y", 0, ("warning", "it never rings"));
            journal.Write(new AccountSid("AC2"), new("not_emulated", "a test's"), "CA1", 0, ("what", "<Record>"));
            var (colour, size) = (new[] { "Colour" }, new[] { "Size" });
            journal.Write(
                new AccountSid("AC1"), new("warning", "a test's"), "/z", 0, ("warning", "these have no effect"), ("parameters", colour));
            journal.Write(
                new AccountSid("AC1"), new("warning", "a test's"), "/z", 0, ("warning", "these have no effect"), ("parameters", size));
            return 0;
        });

        var warnings = (await host.AskAsync("GET", "warnings")).Json.GetProperty("warnings").EnumerateArray().ToList();
        warnings.Select(w => (w.GetProperty("warning").GetString(), w.GetProperty("count").GetInt32()))
            .Should().Equal(
                ("it never rings", 2), ("not emulated: <Record>", 1), ("these have no effect: Colour", 1),
                ("these have no effect: Size", 1));
        (await host.AskAsync("GET", "warnings?account=AC2")).Json.GetProperty("warnings").GetArrayLength().Should().Be(1);
        (await host.AskAsync("GET", "warnings?colour=red")).Status.Should().Be(400);
    }
}
