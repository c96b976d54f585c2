using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Messaging.Consent;

/// <summary>What a keyword asks for; the words of <c>OptOutType</c> are in <see cref="Keywords"/>.</summary>
public enum KeywordType
{
    Stop,
    Start,
    Help,
}

/// <summary>The keywords that are heeded everywhere, and what is answered to them.</summary>
/// <remarks>help.twilio.com 223134027, Twilio support for opt-out keywords; REVOKE and OPTOUT since 2025.</remarks>
public static class Keywords
{
    internal static readonly Words<KeywordType> Words = new(
        (KeywordType.Stop, "STOP"),
        (KeywordType.Start, "START"),
        (KeywordType.Help, "HELP"));

    /// <summary>The words, as a text consists of one of them: in any case, with space around it.</summary>
    public static IReadOnlyList<(KeywordType Type, string Word)> Usual { get; } =
    [
        (KeywordType.Stop, "STOP"), (KeywordType.Stop, "STOPALL"), (KeywordType.Stop, "UNSUBSCRIBE"), (KeywordType.Stop, "CANCEL"),
        (KeywordType.Stop, "END"),
        (KeywordType.Stop, "QUIT"), (KeywordType.Stop, "REVOKE"), (KeywordType.Stop, "OPTOUT"),
        (KeywordType.Start, "START"), (KeywordType.Start, "YES"), (KeywordType.Start, "UNSTOP"),
        (KeywordType.Help, "HELP"), (KeywordType.Help, "INFO"),
    ];

    /// <summary>As <c>OptOutType</c> spells it.</summary>
    public static string Wire(this KeywordType value) => Words.Spell(value);

    /// <summary>What is answered where nothing else was set.</summary>
    public static string ReplyTo(KeywordType type) => type switch
    {
        KeywordType.Stop =>
            "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.",
        KeywordType.Start =>
            "You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. "
                + "Msg&Data Rates May Apply.",
        KeywordType.Help => "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown type of keyword"),
    };

    /// <summary>The keyword that a text is, in capitals; null for any other text.</summary>
    public static string? WordOf(string body)
    {
        var word = body.AsSpan().Trim();
        if (word.Length is 0 or > MaxWord) return null;
        foreach (var c in word) if (char.IsWhiteSpace(c)) return null;
        return word.ToString().ToUpperInvariant();
    }

    /// <summary>Characters of a keyword (messaging_v3: OptOutKeywordsEntity).</summary>
    public const int MaxWord = 34;
}
