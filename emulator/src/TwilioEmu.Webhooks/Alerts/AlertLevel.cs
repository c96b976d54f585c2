using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Webhooks.Alerts;

/// <summary>How bad it is (twilio.com/docs/usage/monitor-alert).</summary>
public enum AlertLevel
{
    Error,

    /// <summary>The call or reply went on.</summary>
    Warning,
    Notice,
    Debug,
}

/// <summary>The words on the wire.</summary>
public static class AlertLevels
{
    private static readonly Words<AlertLevel> Words = new(
        (AlertLevel.Error, "error"), (AlertLevel.Warning, "warning"), (AlertLevel.Notice, "notice"), (AlertLevel.Debug, "debug"));

    public static string Word(this AlertLevel level) => Words.Spell(level);

    public static bool TryParse(string word, out AlertLevel level) => Words.TryRead(word, out level);
}
