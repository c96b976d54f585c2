using System.Text.Json;
using TwilioEmu.Console.Terminal;
using TwilioEmu.Scenarios.Matching;

namespace TwilioEmu.Console.Tests.Terminal;

/// <summary>Entries as the console gets them.</summary>
internal static class Lines
{
    public const string Account = "AC00000000000000000000000000000001";
    public const string Message = "SM000000000000000000000000000007f3";
    public const string Messages = $"/2010-04-01/Accounts/{Account}/Messages.json";

    public static readonly DateTimeOffset At = new(2026, 1, 5, 14, 2, 11, TimeSpan.Zero);

    public static JournalLine Entry(long seq, string kind, string subject, long cause, string data) =>
        new(seq, At, Account, kind, subject, cause, JsonDocument.Parse(data).RootElement);

    public static ConsoleLine Line(string text, ConsoleTone tone = ConsoleTone.Info) => new(tone, text, Entry(1, "a.one", "s", 0, "{}"));
}
