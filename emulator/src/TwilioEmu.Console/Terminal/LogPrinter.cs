using Microsoft.Extensions.Logging;
using TwilioEmu.Kernel.Logging;

namespace TwilioEmu.Console.Terminal;

/// <summary>
/// Tells the journal to a host's log (Microsoft.Extensions.Logging): the console's words, with kind, subject, account and seq beside them.
/// </summary>
internal sealed partial class LogPrinter(ILogger logger) : ILinePrinter
{
    /// <summary>The category of what happens in the world; those of the emulator itself are its types.</summary>
    public const string Category = "TwilioEmu" + ".Journal";

    public void Print(ConsoleLine line) =>
        Log.Told(
            logger, LevelOf(line.Tone), line.Text.TrimStart(), line.Entry.Kind, line.Entry.Subject, line.Entry.Account, line.Entry.Seq);

    public void Say(string text, DateTimeOffset at, bool isWarning) =>
        Log.Said(logger, isWarning ? LogLevel.Warning : LogLevel.Information, text);

    public void Tick(bool isEnd)
    {
        // Nothing is put off: a log folds, or not, as its owner likes.
    }

    public void Flush()
    {
        // Written at once.
    }

    private static LogLevel LevelOf(ConsoleTone tone) => tone switch
    {
        ConsoleTone.Error => LogLevel.Error,
        ConsoleTone.Warning => LogLevel.Warning,
        _ => LogLevel.Information,
    };

    private static partial class Log
    {
#pragma warning disable SYSLIB1015 // They are in the words already, and travel beside them for logs that can be searched.
        [LoggerMessage(EventId = LogEvents.Told, Message = "{Line}")]
        public static partial void Told(ILogger logger, LogLevel level, string line, string kind, string subject, string account, long seq);
#pragma warning restore SYSLIB1015

        [LoggerMessage(EventId = LogEvents.Said, Message = "{Text}")]
        public static partial void Said(ILogger logger, LogLevel level, string text);
    }
}
