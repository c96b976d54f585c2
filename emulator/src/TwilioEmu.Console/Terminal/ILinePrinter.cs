namespace TwilioEmu.Console.Terminal;

/// <summary>Where lines about the journal go: a console, or a host's log. Used by one thread at a time.</summary>
internal interface ILinePrinter
{
    /// <summary>Tells of an entry.</summary>
    void Print(ConsoleLine line);

    /// <summary>Says something that is no entry of the journal.</summary>
    void Say(string text, DateTimeOffset at, bool isWarning);

    /// <summary>Called now and then, and at the end: what was put off is told.</summary>
    void Tick(bool isEnd);

    /// <summary>Hands on what was printed.</summary>
    void Flush();
}
